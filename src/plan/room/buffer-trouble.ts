import { roomRights } from '../../api/autoscalers/needed-rights.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlaceholderObservation } from '../../observe/capacity/placeholder-observation.ts';
import type { TargetObservation } from '../../observe/observation.ts';
import type { RightsObservation } from '../../observe/workloads/look-at-rights.ts';
import { areTooSmall } from './placeholder-count.ts';
import { chosenPlaceholder, commonTrouble, isLacking, type RoomTrouble } from './room-trouble.ts';

/**
 * Finds what is wrong with the CapacityBuffers of a target.
 *
 *   CapacityBuffers                                      →  action
 *   the operator may not read or change them                Leave
 *   none                                                    Leave
 *   a percentage, which autoscalers read differently        Close: beside replicas some take the smaller of the two
 *   its pods request nothing                                Close: they keep no room
 *   several, of which one is used                           Tell
 *   it is as large as the pods of another, smaller workload Tell
 */
export function bufferTrouble(
  { target: { metadata }, workload }: Pick<TargetObservation, 'target' | 'workload'>,
  buffers: readonly PlaceholderObservation[],
  rights: RightsObservation | undefined,
): RoomTrouble | undefined {
  const target = metadata.name;
  const label = `headstart.dev/placeholder-for: ${target}`;
  const chosen = chosenPlaceholder(buffers);
  const printed = `kubectl headstart placeholders ${target} --capacity-buffer | kubectl apply -f -`;
  const lacked = roomRights('CapacityBuffer').find(right => isLacking(rights, right));
  if (lacked !== undefined)
    return {
      action: 'Leave',
      message: `the operator has no right to ${lacked.verb} capacitybuffers.autoscaling.x-k8s.io, by which room is kept`,
      mend: 'Apply install.yaml again, or bind its role.',
    };
  if (chosen === undefined)
    return {
      action: 'Leave',
      message: `no CapacityBuffer of autoscaling.x-k8s.io/v1beta1 has the label ${label}`,
      mend: `${printed} makes one.`,
    };
  const { name, pod, buffer } = chosen;
  if (buffer?.percentage !== undefined)
    return {
      action: 'Close',
      message: `CapacityBuffer ${name} states percentage ${buffer.percentage}: beside replicas some autoscalers keep the smaller of the two, others the larger`,
      mend: 'Take the percentage away, or state it in a CapacityBuffer without the label.',
    };
  const own = isMissing(workload) ? undefined : workload.pod;
  const common = commonTrouble(buffers, { target, kind: 'CapacityBuffer', chosen, own });
  if (common !== undefined) return common;
  if (areTooSmall(own, pod))
    return {
      action: 'Tell',
      message: `CapacityBuffer ${name} is as large as pods that request less than those of ${target}, so the room may be in pieces that no pod fits`,
      mend: `${printed} names its own workload.`,
    };
  return undefined;
}
