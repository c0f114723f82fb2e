import { formatDuration } from '../../../api/duration.ts';
import { isMissing } from '../../../api/missing.ts';
import type { Limits } from '../../../observe/observation.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { ScheduledSale } from '../../floor/schedule-sales.ts';
import { type FeasibleFinding, infeasible } from '../../sale-finding.ts';

/** Seconds of history from which a forecast can tell weekdays from weekends. */
export const enoughHistorySeconds = 14 * 86_400;

const mend = 'Mend the metric source or the query in spec.demand.';

/**
 * Finds the targets of a sale whose demand is not known well enough to plan from.
 *
 *   demand                                       forecast of the sale   →  reason
 *   any                                          none                      NoDemand
 *   newest sample older than staleAfterSeconds   there                     DemandStale
 *   history shorter than 14 days                 there                     HistoryTooShort
 *
 * A target whose `historyDays` asks for less than 14 days needs only those.
 */
export function demandFindings(
  sale: ScheduledSale,
  {
    reached,
    limits,
  }: { readonly reached: readonly DesiredFloor[]; readonly limits: Pick<Limits, 'staleAfterSeconds'> },
): readonly FeasibleFinding[] {
  return [
    ...reached.flatMap(desired => noForecast(sale, desired)),
    ...reached.flatMap(desired => (isForecast(sale, desired) ? stale(desired, limits) : [])),
    ...reached.flatMap(desired => (isForecast(sale, desired) ? shortHistory(desired) : [])),
  ];
}

function noForecast({ needs }: ScheduledSale, { name, observed }: DesiredFloor): readonly FeasibleFinding[] {
  const need = needs.get(name);
  if (need === undefined || !isMissing(need.total)) return [];
  const instead = need.recorded === undefined ? '' : `: ${need.recorded.replicas} replicas, ${need.recorded.message}`;
  const message = `${name} has no forecast (${need.total.missing})${instead}.`;
  const isPending = isMissing(observed.demand) && observed.demand.isPending === true;
  return [infeasible({ reason: 'NoDemand', verdict: 'AtRisk', message, ...(isPending ? {} : { mend }) })];
}

function isForecast({ needs }: ScheduledSale, { name }: DesiredFloor): boolean {
  const total = needs.get(name)?.total;
  return total !== undefined && !isMissing(total);
}

function stale(
  { name, observed: { demand } }: DesiredFloor,
  { staleAfterSeconds }: Pick<Limits, 'staleAfterSeconds'>,
): readonly FeasibleFinding[] {
  if (isMissing(demand) || demand.ageSeconds <= staleAfterSeconds) return [];
  const message = `${name}: the newest sample from ${demand.source} is more than ${formatDuration(staleAfterSeconds)} old.`;
  return [infeasible({ reason: 'DemandStale', verdict: 'AtRisk', message, mend })];
}

function shortHistory({ name, observed: { demand, target } }: DesiredFloor): readonly FeasibleFinding[] {
  if (isMissing(demand) || demand.historySeconds === undefined) return [];
  const needed = Math.min(enoughHistorySeconds, target.spec.demand.historyDays * 86_400);
  if (demand.historySeconds >= needed) return [];
  const days = Math.floor(demand.historySeconds / 86_400);
  const message = `${name}: the history of ${demand.source} has ${days} of the ${formatDuration(needed)} that tell a weekday from a weekend.`;
  return [
    infeasible({
      reason: 'HistoryTooShort',
      verdict: 'AtRisk',
      message,
      mend: 'State expectedPeakPercent, or minPeakPercent to be safe.',
    }),
  ];
}
