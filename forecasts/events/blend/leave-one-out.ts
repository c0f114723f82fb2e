import { addTimes } from '../../statistics/add-times.ts';
import { dotProduct } from '../../statistics/dot-product.ts';
import type { EventClock } from '../event-clock.ts';
import { highestInside } from '../event-peak.ts';
import type { PastUplift } from '../past/past-uplifts.ts';
import { analogueOffset, sumOf } from './analogues.ts';
import type { AnchorColumn } from './anchor-column.ts';
import type { EventRidge } from './event-ridge.ts';
import type { PastRecord } from './past-record.ts';

/** What past events are forecast from, each from the others. */
export interface LeaveOneOutInput {
  readonly record: PastRecord;
  readonly ridge: EventRidge;
  /** Demand of the last minutes less the level, one value per past event, on the model's scale; NaN = unknown. */
  readonly anchor: Float64Array;
  readonly column: AnchorColumn | undefined;
  /** Level known at the lead of the forecast, one per past event, on the model's scale. */
  readonly levels: Float64Array;
}

/** A past event, forecast from the others. */
export interface LeftOut {
  /** Its uplift less the forecast, one value per knot. */
  readonly error: Float64Array;
  /** Mean of the error. */
  readonly mean: number;
  /** The forecast's highest knot inside the event, and the uplift there. */
  readonly peak: { readonly knot: number; readonly uplift: number };
}

/**
 * Forecasts each past event from the others, as the event to come is. One ridge serves all of them: with a share h of
 * its own uplift z in the fitted one y, the forecast from the others is (y − h z) ÷ (1 − h). The work is proportional
 * to the number of past events.
 * @see Allen (1974), The Relationship between Variable Selection and Data Augmentation, Technometrics 16(1)
 */
export function leaveOneOut(clock: EventClock, input: LeaveOneOutInput): readonly LeftOut[] {
  const { record, ridge, anchor, column, levels } = input;
  const ridgeLevels = levelsFitted(ridge, levels);
  const anchored = column === undefined ? undefined : anchorCurve(record, column, levels);
  return record.smoothed.map((smooth, i) => {
    const analogues = record.analogues[i] as Float64Array;
    const rest = column?.rest[i] ?? 0;
    const restShare = column === undefined ? 0 : ((ridge.recency[i] as number) * rest * rest) / column.weight;
    const leverage = (ridge.leverages[i] as number) + restShare;
    const gain = (1 - sumOf(analogues)) / (1 - leverage);
    const shift =
      analogueOffset(analogues, anchor, i) -
      dotProduct(analogues, levels) -
      gain * ((ridgeLevels[i] as number) - leverage * (levels[i] as number));
    const fitted = ridge.fitted[i] as Float64Array;
    const forecast = (record.analogueMeans[i] as Float64Array).slice();
    for (let j = 0; j < forecast.length; j++)
      forecast[j] = (forecast[j] as number) + shift + gain * ((fitted[j] as number) - leverage * (smooth[j] as number));
    if (anchored !== undefined) addTimes(forecast, gain * rest, anchored);
    const knot = highestInside(clock, forecast);
    const peak = { knot, uplift: forecast[knot] as number };
    return { peak, ...lessForecast(record.pastUplifts[i] as PastUplift, levels[i] as number, forecast) };
  });
}

/** The uplift less its forecast, and the mean of that; overwrites the forecast. */
function lessForecast({ curve }: PastUplift, level: number, forecast: Float64Array): Pick<LeftOut, 'error' | 'mean'> {
  let sum = 0;
  for (let j = 0; j < forecast.length; j++) {
    const error = (curve[j] as number) - level - (forecast[j] as number);
    forecast[j] = error;
    sum += error;
  }
  return { error: forecast, mean: sum / forecast.length };
}

/** The part of the levels in each fitted curve. */
function levelsFitted({ rows, recency, solve }: EventRidge, levels: Float64Array): Float64Array {
  const sums = new Float64Array(rows[0]?.length ?? 0);
  rows.forEach((row, k) => {
    addTimes(sums, (recency[k] as number) * (levels[k] as number), row);
  });
  const coefficients = solve(sums);
  return Float64Array.from(rows, row => dotProduct(row, coefficients));
}

/** The coefficient of the last minutes before the start, a curve. */
function anchorCurve(
  { smoothed, recency, prior }: PastRecord,
  { rest, weight, priorShare }: AnchorColumn,
  levels: Float64Array,
): Float64Array {
  const curve = prior.map(value => (priorShare * value) / weight);
  let level = 0;
  smoothed.forEach((uplift, k) => {
    const share = ((recency[k] as number) * (rest[k] as number)) / weight;
    addTimes(curve, share, uplift);
    level += share * (levels[k] as number);
  });
  for (let j = 0; j < curve.length; j++) curve[j] = (curve[j] as number) - level;
  return curve;
}
