import { type Right, rightKey, roomRights } from '../../api/autoscalers/needed-rights.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlaceholderObservation } from '../../observe/capacity/placeholder-observation.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import type { RightsObservation } from '../../observe/workloads/look-at-rights.ts';
import { areTooSmall, requestsNothing } from './placeholder-count.ts';

/** What keeps placeholder pods or a CapacityBuffer from keeping room, and what ends it. */
export interface RoomTrouble {
  /** `Leave`: nothing is written; `Close`: it is scaled to 0; `Tell`: it is opened all the same. */
  readonly action: 'Leave' | 'Close' | 'Tell';
  readonly message: string;
  readonly mend: string;
}

/**
 * Finds what is wrong with the placeholders of a target.
 *
 *   placeholders                                         →  action
 *   none                                                    Leave
 *   more than that: a target's workload, scaled by an HPA   Leave
 *   the operator may not scale it                           Leave
 *   no PriorityClass, or pods that do not give way          Close: real pods would wait for them
 *   its pods, or the target's, request nothing              Close: they keep no room
 *   several, of which one is used                           Tell
 *   requests below those of the target's pods               Tell
 */
export function roomTrouble(
  { target: { metadata }, workload, pods }: Pick<TargetObservation, 'target' | 'workload' | 'pods'>,
  placeholders: readonly PlaceholderObservation[],
  rights: RightsObservation | undefined,
): RoomTrouble | undefined {
  const target = metadata.name;
  const label = `headstart.dev/placeholder-for: ${target}`;
  const placeholder = chosenPlaceholder(placeholders);
  if (placeholder === undefined)
    return {
      action: 'Leave',
      message: `no Deployment has the label ${label}`,
      mend: `kubectl headstart placeholders ${target} | kubectl apply -f - makes one.`,
    };
  const { name, conflict, priorityClassName, pod } = placeholder;
  if (conflict !== undefined)
    return {
      action: 'Leave',
      message: `Deployment ${name} has the label ${label}, but ${conflict}`,
      mend: 'Take the label away, or give its pods labels of their own.',
    };
  if (roomRights('PlaceholderPods').some(right => isLacking(rights, right)))
    return {
      action: 'Leave',
      message: `the operator has no right to patch deployments.apps/scale, by which Deployment ${name} is opened`,
      mend: 'Apply install.yaml again, or bind its role.',
    };
  if (priorityClassName === undefined || !givesWay(placeholder.pods?.priority, pods?.priority))
    return {
      action: 'Close',
      message: `the pods of Deployment ${name} would not give way: ${priorityClassName === undefined ? 'they name no PriorityClass' : `their priority ${placeholder.pods?.priority} is not below the ${pods?.priority} of the pods of ${target}`}`,
      mend: 'Give them a PriorityClass below 0.',
    };
  const own = isMissing(workload) ? undefined : workload.pod;
  const common = commonTrouble(placeholders, { target, kind: 'Deployment', chosen: placeholder, own });
  if (common !== undefined) return common;
  if (areTooSmall(own, pod))
    return {
      action: 'Tell',
      message: `the pods of Deployment ${name} request less than those of ${target}, so the room may be in pieces that no pod fits`,
      mend: `kubectl headstart placeholders ${target} | kubectl apply -f - gives them the same requests.`,
    };
  return undefined;
}

/** Finds what may be wrong with placeholders of either kind: pods that request nothing, and more than one that is meant. */
export function commonTrouble(
  all: readonly PlaceholderObservation[],
  {
    target,
    kind,
    chosen: { name, pod },
    own,
  }: {
    readonly target: string;
    readonly kind: 'Deployment' | 'CapacityBuffer';
    readonly chosen: Pick<PlaceholderObservation, 'name' | 'pod'>;
    readonly own: PlaceholderObservation['pod'];
  },
): RoomTrouble | undefined {
  if (requestsNothing(own) || requestsNothing(pod))
    return {
      action: 'Close',
      message: `the pods of ${requestsNothing(own) ? target : `${kind} ${name}`} request neither cpu nor memory, so no node keeps room`,
      mend: 'State their requests.',
    };
  if (all.length > 1)
    return {
      action: 'Tell',
      message: `${all.map(one => one.name).join(' and ')} have the label headstart.dev/placeholder-for: ${target}, of which ${name} is used`,
      mend: 'Delete the others.',
    };
  return undefined;
}

/** The placeholder that is used, of all with the label of a target: the first by name that is nothing else. */
export function chosenPlaceholder(placeholders: readonly PlaceholderObservation[]): PlaceholderObservation | undefined {
  return placeholders.find(({ conflict }) => conflict === undefined) ?? placeholders[0];
}

/** Whether the operator is known to lack a right. */
export function isLacking(rights: RightsObservation | undefined, needed: Right): boolean {
  return rights?.missing.some(right => rightKey(right) === rightKey(needed)) ?? false;
}

/** Whether pods are preempted for those of a target, by their priorities; one that is not known is no doubt. */
function givesWay(placeholders: number | undefined, target: number | undefined): boolean {
  return placeholders === undefined || target === undefined || placeholders < target;
}
