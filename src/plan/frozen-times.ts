import { parseInstant } from '../api/instant.ts';
import { type DeployFreeze, deployFreezes, type SaleTime } from '../api/series/deploy-freezes.ts';
import { lengthMs } from '../api/series/recurring-sale.ts';
import type { Observation } from '../observe/observation.ts';
import type { AcceptedNamespace } from './accept/accept-namespace.ts';

/**
 * Windows around the namespace's sales in which nothing should be deployed, by start; undefined when its policy states
 * no freeze.
 *
 *   sale                                             →  frozen
 *   accepted, in whatever mode, over or to come         each date within the next 35 days, and of the past
 *   cancelled, deleted, a skipped date                  not
 *   refused or vanished, and continued                  as it continues
 *   refused otherwise, its times can be read            as stated: the shop may hold it all the same
 */
export function frozenTimes(
  observation: Observation,
  accepted: Pick<AcceptedNamespace, 'occurrences' | 'refusedSales'>,
): readonly DeployFreeze[] | undefined {
  const { freeze } = observation.policy;
  if (freeze === undefined) return undefined;
  const standing = accepted.occurrences.filter(({ calledOff }) => calledOff === undefined);
  const continued = new Set(standing.map(({ sale }) => sale));
  const refused = observation.sales.filter(
    ({ metadata: { name, deletionTimestamp }, spec }) =>
      accepted.refusedSales.has(name) && !continued.has(name) && !spec.cancelled && deletionTimestamp === undefined,
  );
  const dates = new Map(observation.dates?.map(({ sale, starts }) => [sale, starts]));
  const stated = refused.flatMap(({ metadata: { name }, spec }): readonly SaleTime[] => {
    const starts = spec.recurrence === undefined ? [parseInstant(spec.startTime)] : (dates.get(name) ?? []);
    return starts.map(start => ({ sale: name, start, end: start + lengthMs(spec) }));
  });
  return deployFreezes([...standing, ...stated], freeze, observation.now);
}
