import type { Emergency } from '../../api/field.ts';
import { parseInstant } from '../../api/instant.ts';
import { recordedTargets } from '../../api/learned/recorded-targets.ts';
import type { Observation } from '../../observe/observation.ts';
import type { TargetStanding } from '../accept/target-standing.ts';
import { recentDemand } from './recent-demand.ts';
import { replicasFor, sizingOf } from './replicas/divide-by-capacity.ts';
import type { ScheduledSale } from './schedule-sales.ts';

const dayMs = 86_400_000;

/** What is needed of a floor that an emergency Ceiling has raised and that is over, in replicas. */
export interface AfterCeiling {
  /** The most that a covering sale needs at any time, by its plan now or by its record. */
  readonly bySales: number;
  /** For the highest demand of the newest minutes; 0 where it is missing or stale, or the capacity is not known. */
  readonly byDemand: number;
}

/**
 * Finds what is needed of a target whose floor an emergency Ceiling may have raised: one that is stated and has been
 * over for less than a day, or one that the status still tells of. Undefined where there was none, or one is in force.
 */
export function afterCeiling(
  { observed, name, emergency }: Pick<TargetStanding, 'observed' | 'name' | 'emergency'>,
  { policy, limits, now }: Pick<Observation, 'policy' | 'limits' | 'now'>,
  covering: readonly ScheduledSale[],
): AfterCeiling | undefined {
  const { spec, status } = observed.target;
  const isStated = [spec.emergency, policy.emergency].some(one => isOver(one, now));
  const isTold = status?.conditions?.some(
    ({ type, reason }) =>
      (type === 'Emergency' && reason === 'EmergencyCeiling') || (type === 'BoundsInForce' && reason === 'Emergency'),
  );
  if (emergency !== undefined || !(isStated || isTold === true)) return undefined;
  const recorded = covering
    .flatMap(({ occurrence }) => recordedTargets(occurrence.record?.status?.plan))
    .filter(({ target }) => target === name)
    .flatMap(({ steps }) => steps.map(({ minReplicas }) => minReplicas));
  const whole = covering.map(sale => sale.whole.get(name)?.needed ?? 0);
  return {
    bySales: Math.max(0, ...whole, ...recorded),
    byDemand: replicasByDemand(observed, { limits, now }),
  };
}

function replicasByDemand(
  observed: TargetStanding['observed'],
  { limits, now }: Pick<Observation, 'limits' | 'now'>,
): number {
  const { headroomRatio, capacity } = sizingOf(observed.target, now);
  if (capacity.perReplica === undefined) return 0;
  return replicasFor((recentDemand(observed, limits) ?? 0) * headroomRatio, capacity.perReplica);
}

function isOver(emergency: Emergency | undefined, now: number): boolean {
  if (emergency?.action !== 'Ceiling') return false;
  const end = parseInstant(emergency.until);
  return end <= now && now - end < dayMs;
}
