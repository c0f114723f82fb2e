import { isMissing } from '../../api/missing.ts';
import type { Limits, TargetObservation } from '../../observe/observation.ts';
import { standsRaised, type TargetStanding } from '../accept/target-standing.ts';
import { settledCount } from '../demand/raising-actuals.ts';
import type { ReplicaChain } from './replicas/replica-chain.ts';
import type { TargetNeeds } from './replicas/replica-rule.ts';

/** Seconds of settled demand that count; newer demand that may still rise counts too. */
const recentSeconds = 600;

/**
 * Replicas for the highest demand of the newest minutes, by target name: what a raised workload without an HPA still
 * needs while it is restored. No cap applies, because nothing is raised. No entry where demand is missing or stale.
 */
export function recentNeeds(
  standings: readonly TargetStanding[],
  limits: Limits,
  chain: ReplicaChain,
): ReadonlyMap<string, number> {
  const raised = standings.filter(standing => standing.scaler?.kind === 'Workload' && standsRaised(standing));
  const needs = raised.flatMap(({ name, observed }): [string, TargetNeeds][] => {
    const demand = recentDemand(observed, limits);
    return demand === undefined ? [] : [[name, { needs: [{ reason: 'SaleRunning', demand, replicas: 0, steps: [] }] }]];
  });
  const sized = chain.run(new Map(needs), { isUncapped: true });
  return new Map([...sized].map(([name, { replicas }]) => [name, replicas]));
}

function recentDemand({ demand }: TargetObservation, { staleAfterSeconds }: Limits): number | undefined {
  if (isMissing(demand) || demand.ageSeconds > staleAfterSeconds) return undefined;
  const { values, stepSeconds } = demand.recent;
  const first = settledCount(demand) - Math.ceil(recentSeconds / stepSeconds);
  const newest = values.slice(Math.max(0, first)).filter(value => value !== null);
  return newest.length === 0 ? undefined : Math.max(...newest);
}
