import { isMissing } from '../../api/missing.ts';
import { type WorkloadRef, workloadKey } from '../../api/workload-key.ts';
import type { TargetObservation, WorkloadObservation } from '../observation.ts';
import { parseSelector } from './label-selector.ts';
import type { BufferRecord } from './observe-buffer.ts';
import type { FindPods } from './observe-pods.ts';
import type { PlaceholderObservation, PlaceholderShape } from './placeholder-observation.ts';

/** A namespace as the placeholders of its targets are seen in it. */
interface Surroundings {
  readonly workloads: readonly WorkloadObservation[];
  /** CapacityBuffers with the label. @default none */
  readonly buffers?: readonly BufferRecord[] | undefined;
  /** HPAs, by the workload that each scales. */
  readonly autoscalers: readonly { readonly scales: WorkloadRef }[];
  /** Every workload that a ScalingTarget names, readable or not. */
  readonly served: readonly WorkloadRef[];
  readonly targets: readonly Pick<TargetObservation, 'target' | 'workload'>[];
  readonly podsOf?: FindPods | undefined;
  /** Our clock minus the API server's, in ms. @default 0 */
  readonly clockSkewMs?: number;
}

/**
 * Observes the Deployments and CapacityBuffers that are labelled as placeholders. A Deployment that is more than that must
 * never be scaled to 0:
 *
 *   a ScalingTarget names it as its workload     conflict
 *   an HPA scales it                             conflict
 *   the selector of a target finds its pods      conflict: the target's Deployment and Services count them
 */
export function observePlaceholders(surroundings: Surroundings): readonly PlaceholderObservation[] {
  const { workloads, podsOf, clockSkewMs = 0 } = surroundings;
  const deployed = workloads.flatMap((workload): readonly PlaceholderObservation[] => {
    const { name, uid, replicas, readyReplicas, replicasWriter, writtenAt, pod, selector, placeholder } = workload;
    if (placeholder === undefined) return [];
    const { target, priorityClassName } = placeholder;
    const conflict = conflictOf(workload, placeholder, surroundings);
    const pods = selector === undefined ? undefined : podsOf?.(selector);
    return [
      {
        target,
        name,
        uid,
        replicas,
        readyReplicas,
        ...(replicasWriter === undefined ? {} : { replicasWriter }),
        ...(writtenAt === undefined ? {} : { writtenAt: writtenAt + clockSkewMs }),
        ...(pod === undefined ? {} : { pod }),
        ...(priorityClassName === undefined ? {} : { priorityClassName }),
        ...(conflict === undefined ? {} : { conflict }),
        ...(pods === undefined ? {} : { pods }),
      },
    ];
  });
  return [...deployed, ...observeBuffers(surroundings)];
}

/** Observes the CapacityBuffers; each is as large as the pods of the workload that it names, where that is known. */
function observeBuffers({ buffers = [], workloads, clockSkewMs = 0 }: Surroundings): readonly PlaceholderObservation[] {
  return buffers.map(({ scales, writtenAt, ...record }) => {
    const key = scales && workloadKey(scales);
    const pod = workloads.find(workload => workloadKey(workload) === key)?.pod;
    return {
      ...record,
      readyReplicas: 0,
      ...(writtenAt === undefined ? {} : { writtenAt: writtenAt + clockSkewMs }),
      ...(pod === undefined ? {} : { pod }),
    };
  });
}

function conflictOf(
  workload: WorkloadObservation,
  { podLabels }: PlaceholderShape,
  { served, autoscalers, targets }: Surroundings,
): string | undefined {
  const key = workloadKey(workload);
  if (served.some(ref => workloadKey(ref) === key)) return 'a ScalingTarget names it as its workload';
  if (autoscalers.some(({ scales }) => workloadKey(scales) === key)) return 'an HPA scales it';
  const selecting = targets.find(
    ({ workload: one }) => !isMissing(one) && one.selector !== undefined && parseSelector(one.selector)(podLabels),
  );
  return selecting === undefined
    ? undefined
    : `the selector of ${selecting.target.spec.workloadRef.name} finds its pods too`;
}
