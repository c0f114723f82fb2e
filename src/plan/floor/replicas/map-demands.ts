import {
  mapReplicas,
  type NamespaceReplicas,
  type ReplicaContext,
  type ReplicaNeed,
  type ReplicaStep,
  type ReplicaTarget,
} from './replica-rule.ts';

/** The result of a rule for one demand: the new demand (requests per second), and its replicas. */
interface SizedDemand {
  readonly demand: number;
  readonly replicas: number;
}

/** A rule that considers each demand alone (requests per second). */
interface DemandRule {
  readonly size: (demand: number, target: ReplicaTarget) => SizedDemand;
  /** The step that explains the result. */
  readonly explain: (sized: SizedDemand, target: ReplicaTarget) => ReplicaStep;
}

/** Applies such a rule; fixed numbers of replicas stay. */
export function mapDemands(
  numbers: NamespaceReplicas,
  context: ReplicaContext,
  { size, explain }: DemandRule,
): NamespaceReplicas {
  return mapReplicas(numbers, context, (before, target) => {
    const needs = before.needs.map((need): ReplicaNeed => {
      if (need.demand === undefined) return need;
      const sized = size(need.demand, target);
      const steps = context.isUnexplained === true ? need.steps : [...need.steps, explain(sized, target)];
      return { ...need, demand: sized.demand, replicas: sized.replicas, steps };
    });
    return { ...before, needs };
  });
}
