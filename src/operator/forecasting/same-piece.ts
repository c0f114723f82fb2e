import type { Event, Series } from '../../../forecasts/index.ts';
import type { Actuals, ForecastPiece } from '../../plan/demand/forecast-pieces.ts';

/** Whether two pieces of one fit have the same forecast: the same range, levels, sales and actuals. */
export function isSamePiece(one: ForecastPiece, other: ForecastPiece): boolean {
  return (
    one.from === other.from &&
    one.steps === other.steps &&
    one.coarseness === other.coarseness &&
    (one.levels ?? []).join() === (other.levels ?? []).join() &&
    areSameEvents(one.events, other.events) &&
    areSameActuals(one.actuals, other.actuals)
  );
}

/** Whether two lists hold equal events in the same order. */
export function areSameEvents(some: readonly Event[], others: readonly Event[]): boolean {
  return some === others || (some.length === others.length && some.every((one, i) => isSameEvent(one, others[i])));
}

function isSameEvent(one: Event, other: Event | undefined): boolean {
  if (one === other) return true;
  if (other === undefined || one.id !== other.id || one.start !== other.start || one.end !== other.end) return false;
  if (one.statedPeakRatio !== other.statedPeakRatio) return false;
  return JSON.stringify([one.features, one.similarTo]) === JSON.stringify([other.features, other.similarTo]);
}

function areSameActuals(one: Actuals | undefined, other: Actuals | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.settledUntil === other.settledUntil &&
    areSameEvents(one.beside, other.beside) &&
    isSameSeries(one.recent, other.recent)
  );
}

function isSameSeries(one: Series, other: Series): boolean {
  if (one === other) return true;
  return (
    one.start === other.start &&
    one.stepSeconds === other.stepSeconds &&
    one.values.length === other.values.length &&
    one.values.every((value, i) => value === other.values[i])
  );
}
