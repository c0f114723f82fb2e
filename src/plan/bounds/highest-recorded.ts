import { parseInstant } from '../../api/instant.ts';
import { recordedTargets } from '../../api/learned/recorded-targets.ts';
import type { Observation } from '../../observe/observation.ts';

/**
 * Returns the highest minimum, in replicas, that the newest SalePlan recorded for the target, or the floor in force if
 * it is higher: the base of rampDown's percentage.
 */
export function highestRecorded(
  target: string,
  scaler: { readonly floor?: number } | undefined,
  { salePlans, now }: Pick<Observation, 'salePlans' | 'now'>,
): number {
  const begun = salePlans
    .map(({ status }) => status?.plan)
    .filter(plan => plan !== undefined)
    .filter(plan => parseInstant(plan.prescaleTime) <= now)
    .toSorted((a, b) => parseInstant(b.prescaleTime) - parseInstant(a.prescaleTime));
  const planned = begun.map(plan => recordedTargets(plan).find(one => one.target === target));
  const newest = planned.find(one => one !== undefined);
  return Math.max(scaler?.floor ?? 0, ...(newest?.steps ?? []).map(({ minReplicas }) => minReplicas));
}
