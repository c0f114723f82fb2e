import { boundsFields } from '../../api/autoscalers/autoscaler-kind.ts';
import { describeOwned } from '../../api/autoscalers/autoscaler-owner.ts';
import type { CallGraph } from '../../api/call-graph.ts';
import { isMissing } from '../../api/missing.ts';
import { parseQuantity } from '../../api/quantity.ts';
import type { AutoscalerObservation, TargetObservation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';
import type { Refusal } from './refusal.ts';

/**
 * Why a target cannot be raised, in a sentence for its author; undefined when it can be. The first reason found counts.
 */
export function refuseTarget(observed: TargetObservation, graph: CallGraph): Refusal | undefined {
  const { target, workload, autoscalers } = observed;
  const { metadata, spec } = target;
  if (observed.unreadable !== undefined) return { reason: 'Invalid', message: sentenceOf(observed.unreadable) };
  if (spec.capacityPerReplica !== undefined && !(parseQuantity(spec.capacityPerReplica) > 0)) {
    return {
      reason: 'CapacityZero',
      message: `spec.capacityPerReplica is ${spec.capacityPerReplica}: state how many requests per second one replica serves, or leave it out.`,
    };
  }
  if (spec.ceiling < spec.baseline.maxReplicas || spec.baseline.maxReplicas < spec.baseline.minReplicas) {
    return {
      reason: 'BoundsCrossed',
      message: `spec.baseline ${spec.baseline.minReplicas}..${spec.baseline.maxReplicas} and spec.ceiling ${spec.ceiling} must not fall: minReplicas ≤ maxReplicas ≤ ceiling.`,
    };
  }
  const circle = graph.circles.get(metadata.name);
  if (circle !== undefined) {
    return {
      reason: 'CallCycle',
      message: `spec.calls go in a circle, ${circle.join(' → ')}, so demand cannot be passed on: leave out one of these calls.`,
    };
  }
  if (isMissing(workload)) return { reason: 'WorkloadMissing', message: sentenceOf(workload.missing) };
  if (autoscalers.length > 1) {
    const kinds = new Set(autoscalers.map(({ objectKind }) => boundsFields(objectKind).kind));
    const what = kinds.size === 1 ? `${[...kinds][0]}s` : 'autoscalers';
    return {
      reason: 'AmbiguousAutoscaler',
      message: `${autoscalers.length} ${what} scale ${workload.kind} ${workload.name} (${autoscalers.map(({ name }) => name).join(', ')}): each undoes the other, leave one.`,
    };
  }
  const [autoscaler] = autoscalers;
  if (autoscaler?.owner !== undefined) {
    const message = describeOwned(autoscaler.name, metadata.namespace, autoscaler.owner);
    return { reason: 'OwnedAutoscaler', message };
  }
  if (autoscaler?.objectKind === 'ScaledObject') return refuseScaledObject(autoscaler);
  if (autoscaler?.minReplicas === 0 && workload.replicas === 0) {
    return {
      reason: 'MinReplicasZero',
      message: `HPA ${autoscaler.name} has minReplicas 0 and ${workload.kind} ${workload.name} has no replica: a higher minimum would switch the HPA off in Kubernetes instead of raising it. Set its minReplicas to 1 or more before the sale.`,
    };
  }
  return undefined;
}

/** Why the bounds of a ScaledObject cannot hold a floor. */
function refuseScaledObject({ name, minReplicas, unfollowed, floor }: AutoscalerObservation): Refusal | undefined {
  const what = `ScaledObject ${name}`;
  if (unfollowed === 'Paused' || unfollowed === 'Pinned')
    return {
      reason: 'ScaledObjectPaused',
      message: `${what} is paused by an annotation, so KEDA does not follow its bounds: remove autoscaling.keda.sh/paused and autoscaling.keda.sh/paused-replicas before the sale.`,
    };
  if (unfollowed === 'Idle')
    return {
      reason: 'MinReplicasZero',
      message: `${what} has idleReplicaCount, so KEDA may switch the workload off below any minimum: leave it out before the sale.`,
    };
  if (minReplicas > 0 || floor !== undefined) return undefined;
  return {
    reason: 'MinReplicasZero',
    message: `${what} has minReplicaCount 0, and the baseline of a ScalingTarget begins at 1: set it to 1 or more before the sale.`,
  };
}
