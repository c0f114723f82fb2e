import { parseInstant } from '../../../api/instant.ts';
import { recordedTargets } from '../../../api/learned/recorded-targets.ts';
import type { Observation } from '../../../observe/observation.ts';

/**
 * Returns from when on each target is raised for the sales that are due now, as their SalePlans recorded it: the earliest
 * prescale time by target name, epoch ms. A target that no such sale reaches has no entry.
 */
export function begunSales({ salePlans, now }: Pick<Observation, 'salePlans' | 'now'>): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const { status } of salePlans) {
    const plan = status?.plan;
    if (plan === undefined || parseInstant(plan.endTime) <= now) continue;
    const at = parseInstant(plan.prescaleTime);
    if (at > now) continue;
    for (const { target } of recordedTargets(plan)) begun.set(target, Math.min(at, begun.get(target) ?? at));
  }
  return begun;
}
