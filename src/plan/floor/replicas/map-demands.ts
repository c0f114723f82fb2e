import {
  mapReplicas,
  type NamespaceReplicas,
  type ReplicaContext,
  type ReplicaNeed,
  type ReplicaStep,
  type ReplicaTarget,
} from './replica-rule.ts';

/**
 * The result of a rule for one demand: the new demand (requests per second), its replicas, and the step that explains
 * it.
 */
interface SizedDemand {
  readonly demand: number;
  readonly replicas: number;
  readonly step: ReplicaStep;
}

/** Applies a rule that considers each demand alone (requests per second); fixed numbers of replicas stay. */
export function mapDemands(
  numbers: NamespaceReplicas,
  context: ReplicaContext,
  change: (demand: number, target: ReplicaTarget) => SizedDemand,
): NamespaceReplicas {
  return mapReplicas(numbers, context, (before, target) => {
    const needs = before.needs.map((need): ReplicaNeed => {
      if (need.demand === undefined) return need;
      const { demand, replicas, step } = change(need.demand, target);
      return { ...need, demand, replicas, steps: [...need.steps, step] };
    });
    return { ...before, needs };
  });
}
