import type { Limits } from '../../observe/observation.ts';
import { standsRaised, type TargetStanding } from '../accept/target-standing.ts';
import { recentDemand } from './recent-demand.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { TargetNeeds } from './replicas/replica-rule.ts';

/**
 * Replicas for the highest demand of the newest minutes, by target name: what a raised workload without an HPA still
 * needs while it is restored. No cap applies, because nothing is raised. No entry where demand is missing or stale, or
 * the capacity of a replica is not known.
 */
export function recentNeeds(
  standings: readonly TargetStanding[],
  limits: Limits,
  chain: ReplicaChain,
): ReadonlyMap<string, number> {
  const raised = standings.filter(standing => standing.scaler?.kind === 'Workload' && standsRaised(standing));
  const needs = raised.flatMap(({ name, observed }): [string, TargetNeeds][] => {
    const demand = recentDemand(observed, limits);
    const isSized = chain.targets.get(name)?.sizing.capacity.perReplica !== undefined;
    return demand === undefined || !isSized
      ? []
      : [[name, { needs: [{ reason: 'SaleRunning', demand, replicas: 0, steps: [] }] }]];
  });
  const sized = chain.run(new Map(needs), { isUncapped: true, isUnexplained: true });
  return new Map([...sized].map(([name, { replicas }]) => [name, replicas]));
}
