import { nameAutoscaler } from '../../api/autoscalers/autoscaler-kind.ts';
import type { ConditionUpdate } from '../../api/condition.ts';
import type { Observation } from '../../observe/observation.ts';
import type { UnrecordedRaise } from '../../observe/workloads/unrecorded-raise.ts';
import { describeBounds } from '../bounds/describe-bounds-change.ts';
import { condition } from '../condition.ts';

/**
 * Whether an HPA is raised by annotations alone: on a target those that scale its workload; on the policy those that no
 * target refers to.
 */
export function unrecorded({ unrecorded: found = [] }: Observation, target?: string): ConditionUpdate<'Unrecorded'> {
  const own = found.filter(raise => raise.target === target);
  if (own.length === 0)
    return condition('Unrecorded', 'False', 'AllRecorded', 'Every raised HPA is recorded by its ScalingTarget.');
  const message = own.map(describeUnrecorded).join('; ');
  return condition('Unrecorded', 'True', 'AnnotationAlone', `${message}: put it back with headstart restore --all.`);
}

/** Describes a raised HPA that nothing records. */
export function describeUnrecorded({ objectKind, name, minReplicas, maxReplicas }: UnrecordedRaise): string {
  return `${nameAutoscaler({ objectKind, name })} is at ${describeBounds({ minReplicas, maxReplicas })} by annotations of Headstart, and no ScalingTarget has recorded that raise`;
}
