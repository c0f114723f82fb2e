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
/** The window that is judged: half an hour before kick-off to three hours after it. */
export const beforeMinutes = 30;
export const windowMinutes = 210;
/** An event has taught all it can three hours after its start. */
const afterwardsMs = 180 * minuteMs;

/** One event's forecast and what came, minute by minute. */
export interface JudgedSlot {
  readonly event: Event;
  /** Events that were over at the origin. */
  readonly past: number;
  readonly forecast: Forecast;
  readonly actual: readonly (number | null)[];
}

/** How many of `events` were over and measured at `origin`. */
export function pastAt(events: readonly Event[], origin: number): number {
  return events.filter(event => event.start + afterwardsMs <= origin).length;
}

/** `minutes` actuals from `time` on. */
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

/** The quantile over slots of |peak forecast ÷ peak actual − 1|, both of five-minute means. */
export function peakErrorAt(slots: readonly JudgedSlot[], level: number): number {
  return quantileOf(
    slots.map(slot => Math.abs(peakError(fiveMinuteMeans(slot.actual), fiveMinuteMeans(slot.forecast.point)))),
    level,
  );
}

/** The share (0–1) of slots whose highest minute lies under the highest value of a level. */
export function peaksCovered(slots: readonly JudgedSlot[], level: number): number {
  const covered = slots.filter(({ actual, forecast }) => {
    const capacity = forecast.quantiles.find(q => q.level === level)?.values ?? [];
    return Math.max(...capacity) >= Math.max(...actual.map(value => value ?? 0));
  });
  return covered.length / slots.length;
}

/** The quantile over slots of how many minutes the forecast's peak is off the actual one's, both of five-minute means. */
export function peakMinutesOff(slots: readonly JudgedSlot[], level: number): number {
  const at = (values: readonly number[]) => values.indexOf(Math.max(...values)) * 5;
  return quantileOf(
    slots.map(slot => Math.abs(at(fiveMinuteMeans(slot.actual)) - at(fiveMinuteMeans(slot.forecast.point)))),
    level,
  );
}

/** Coverage, excess and shortfall of a level as capacity, over all minutes of all slots. */
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

/** The quantile as numpy and R compute it by default: linear between neighbours (type 7). */
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
