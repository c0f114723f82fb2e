import {
  coverage,
  type Event,
  excessRatio,
  type Forecast,
  lostShare,
  peakError,
  type Series,
  underProvisionedShare,
  wape,
} from '../../../../forecasts/index.ts';

export const minuteMs = 60_000;
/** The evaluated window: half an hour before kick-off to three hours after it. */
export const beforeMinutes = 30;
export const windowMinutes = 210;
/** Time after an event's start at which it counts as a past event. */
const afterwardsMs = 180 * minuteMs;

/** Forecast and actual values of one event, one value per minute. */
export interface JudgedSlot {
  readonly event: Event;
  /** Number of events that had ended at the origin. */
  readonly past: number;
  readonly forecast: Forecast;
  readonly actual: readonly (number | null)[];
}

/** Number of `events` that had ended and were measured at `origin`. */
export function pastAt(events: readonly Event[], origin: number): number {
  return events.filter(event => event.start + afterwardsMs <= origin).length;
}

/** The actual values of `minutes` minutes from `time` on. */
export function actualsFrom(history: Series, time: number, minutes: number): readonly (number | null)[] {
  const first = Math.round((time - history.start) / minuteMs);
  return history.values.slice(first, first + minutes);
}

export function pooledWape(slots: readonly JudgedSlot[]): number {
  return wape(
    slots.flatMap(slot => slot.actual),
    slots.flatMap(slot => slot.forecast.point),
  );
}

export function medianWape(slots: readonly JudgedSlot[]): number {
  return quantileOf(
    slots.map(slot => wape(slot.actual, slot.forecast.point)),
    0.5,
  );
}

/** Quantile over the slots of |forecast peak ÷ actual peak − 1|, both of five-minute means. */
export function peakErrorAt(slots: readonly JudgedSlot[], level: number): number {
  return quantileOf(
    slots.map(slot => Math.abs(peakError(fiveMinuteMeans(slot.actual), fiveMinuteMeans(slot.forecast.point)))),
    level,
  );
}

/** Share (0–1) of slots whose highest minute lies below the highest value of a quantile level. */
export function peaksCovered(slots: readonly JudgedSlot[], level: number): number {
  const covered = slots.filter(({ actual, forecast }) => {
    const capacity = forecast.quantiles.find(q => q.level === level)?.values ?? [];
    return Math.max(...capacity) >= Math.max(...actual.map(value => value ?? 0));
  });
  return covered.length / slots.length;
}

/** Quantile over the slots of the distance in minutes between forecast and actual peak, both of five-minute means. */
export function peakMinutesOff(slots: readonly JudgedSlot[], level: number): number {
  const at = (values: readonly number[]) => values.indexOf(Math.max(...values)) * 5;
  return quantileOf(
    slots.map(slot => Math.abs(at(fiveMinuteMeans(slot.actual)) - at(fiveMinuteMeans(slot.forecast.point)))),
    level,
  );
}

/** Coverage, excess and shortfall of a quantile level used as capacity, over all minutes of all slots. */
export function capacityOf(slots: readonly JudgedSlot[], level: number) {
  const actual = slots.flatMap(slot => slot.actual);
  const capacity = slots.flatMap(slot => slot.forecast.quantiles.find(q => q.level === level)?.values ?? []);
  return {
    coverage: coverage(actual, capacity),
    excess: excessRatio(actual, capacity),
    under: underProvisionedShare(actual, capacity),
    lost: lostShare(actual, capacity),
  };
}

/** Sample quantile of type 7, linear between neighbours: the default of numpy and R. */
function quantileOf(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = level * (sorted.length - 1);
  const lower = sorted[Math.floor(position)] ?? Number.NaN;
  const upper = sorted[Math.ceil(position)] ?? lower;
  return lower + (position - Math.floor(position)) * (upper - lower);
}

function fiveMinuteMeans(values: readonly (number | null)[]): readonly number[] {
  return Array.from({ length: Math.floor(values.length / 5) }, (_, i) => {
    const known = values.slice(5 * i, 5 * i + 5).filter(value => value !== null);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
