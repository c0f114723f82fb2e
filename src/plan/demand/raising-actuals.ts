import { type Event, type FittedDemand, type Series, totalDemand } from '../../../forecasts/index.ts';
import type { DemandObservation } from '../../observe/observation.ts';
import { medianLevel } from './levels.ts';

/**
 * Selects the actuals that may correct a forecast: all that have settled, and those later ones, perhaps incomplete,
 * that are above the median expected from the settled ones. So an actual that may still rise can raise a forecast but
 * never lower it. `events` are those that the model forecasts with.
 */
export function raisingActuals(
  { recent, settledUntil }: Pick<DemandObservation, 'recent'> & { readonly settledUntil?: number | undefined },
  model: FittedDemand,
  events: readonly Event[],
): Series {
  const stepMs = recent.stepSeconds * 1000;
  const count = settledCount({ recent, settledUntil });
  const young = recent.values.slice(count);
  const settled = { ...recent, values: recent.values.slice(0, count) };
  if (young.every(value => value === null)) return settled;
  const from = Math.max(recent.start + count * stepMs, model.fittedAt);
  const first = Math.round((from - recent.start) / stepMs);
  const steps = recent.values.length - first;
  if (steps <= 0) return settled;
  const to = from + steps * stepMs;
  const expected = totalDemand(
    model.predict({
      from,
      steps,
      levels: [medianLevel],
      events: events.filter(event => event.start < to && from < event.end),
      recent: settled,
    }),
  ).point;
  const values = recent.values.map((value, index) => {
    if (index < count) return value;
    const least = expected[index - first];
    return value !== null && least !== undefined && value > least ? value : null;
  });
  const last = values.findLastIndex((value, index) => index < count || value !== null);
  return { ...recent, values: values.slice(0, last + 1) };
}

/** Number of recent steps, from the oldest on, that count as complete. */
export function settledCount({
  recent,
  settledUntil = Number.POSITIVE_INFINITY,
}: Pick<DemandObservation, 'recent'> & { readonly settledUntil?: number | undefined }): number {
  const settledSteps = Math.floor((settledUntil - recent.start) / (recent.stepSeconds * 1000));
  return Math.max(0, Math.min(recent.values.length, settledSteps));
}
