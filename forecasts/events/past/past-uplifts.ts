import type { Decomposition } from '../../decomposition.ts';
import type { Event } from '../../event.ts';
import { deviationAt, middleLevelAt, type Present } from '../../present.ts';
import type { Samples } from '../../series/samples.ts';
import { type EventClock, reachAfterMs, reachBeforeMs, warpTime } from '../event-clock.ts';
import { upliftUnit } from '../uplift-unit.ts';
import { tameSpikes } from './tame-spikes.ts';

const anchorMs = 600_000;
/** A lone step is limited to 1.5 times its neighbours. */
const spikeReach = Math.log(1.5);
/** In events shorter than this number of steps a lone step is not limited. */
const fewSteps = 3;

/** The curve of a past event, on the clock of the event to forecast. */
export interface PastUplift {
  readonly event: Event;
  /** The deviation from the profile at each knot, on the model's scale. */
  readonly curve: Float64Array;
}

/** The curves of the past events that were measured for at least half of their duration; gaps are filled. */
export function pastUpliftsFor(
  decomposition: Decomposition,
  past: readonly Event[],
  clock: EventClock,
): readonly PastUplift[] {
  const pastUplifts = past.flatMap(event => {
    const curve = curveOf(decomposition, event, clock);
    return curve === undefined ? [] : [{ event, curve }];
  });
  fillGaps(pastUplifts);
  return pastUplifts;
}

/**
 * Mean deviation of the ten minutes (at least one step) before `origin`, less the level known then; NaN when
 * unmeasured.
 */
export function anchorAt(present: Present, origin: number): number {
  const { stepMs } = present.tail;
  const steps = Math.max(1, Math.round(anchorMs / stepMs));
  const newest = Float64Array.from({ length: 2 * steps + 2 }, (_, i) =>
    deviationAt(present, origin - (2 * steps + 2 - i) * stepMs),
  );
  const tamed = tameSpikes(newest, steps + 2, newest.length, spikeReach * upliftUnit(present.fitted));
  return meanBetween(tamed, 0, steps - 1) - middleLevelAt(present, origin);
}

function curveOf(decomposition: Decomposition, event: Event, clock: EventClock): Float64Array | undefined {
  const { knots } = clock;
  if (event.start < decomposition.deviations.start) return undefined;
  const { start, stepMs, values } = deviationsAround(decomposition, event);
  const outage = outageBelow(decomposition, event);
  const curve = new Float64Array(knots.length);
  const indexAt = (since: number) => (event.start + warpTime(since, clock.event, event) - start) / stepMs;
  const duration = clock.event.end - clock.event.start;
  let known = 0;
  let inside = 0;
  for (let i = 0; i < knots.length; i++) {
    const knot = knots[i] as number;
    const left = indexAt((knot + (knots[Math.max(0, i - 1)] as number)) / 2);
    const right = indexAt((knot + (knots[Math.min(knots.length - 1, i + 1)] as number)) / 2);
    const middle = Math.floor(indexAt(knot));
    const value = meanBetween(values, Math.min(middle, Math.ceil(left)), Math.max(middle, Math.ceil(right) - 1));
    const isInside = knot >= 0 && knot < duration;
    curve[i] = isInside && value < outage ? Number.NaN : value;
    if (!isInside) continue;
    inside++;
    if (!Number.isNaN(curve[i])) known++;
  }
  return known > 0 && known >= 0.5 * inside ? curve : undefined;
}

/** Deviation below which a sale's demand counts as an outage: a tenth of the demand expected without the sale. */
function outageBelow({ scale, level, samples }: Decomposition, { start }: Event): number {
  if (scale.name === 'raw') return Number.NEGATIVE_INFINITY;
  const usual = level.middle.values[Math.floor((start - samples.start) / samples.stepMs)] ?? level.middle.level;
  return usual - Math.LN10;
}

/** The deviations from half an hour before an event to two hours after it, with lone steps limited. */
function deviationsAround(decomposition: Decomposition, event: Event): Samples {
  const { start, stepMs, values } = decomposition.deviations;
  const from = Math.max(0, Math.floor((event.start - reachBeforeMs - start) / stepMs));
  const to = Math.min(values.length, Math.ceil((event.end + reachAfterMs - start) / stepMs));
  const isShort = event.end - event.start < fewSteps * stepMs;
  const tamed = isShort
    ? values.subarray(from, to)
    : tameSpikes(values, from, to, spikeReach * upliftUnit(decomposition));
  return { start: start + from * stepMs, stepMs, values: tamed };
}

function meanBetween(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = Math.max(0, from); i <= Math.min(values.length - 1, to); i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Fills gaps in the curves with the mean curve, shifted to meet the known values at the edges of each gap. */
function fillGaps(pastUplifts: readonly PastUplift[]): void {
  const guide = meanCurve(pastUplifts);
  for (const { curve } of pastUplifts) bridge(curve, guide);
}

function meanCurve(pastUplifts: readonly PastUplift[]): Float64Array {
  const mean = new Float64Array(pastUplifts[0]?.curve.length ?? 0);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    let count = 0;
    for (const { curve } of pastUplifts) {
      if (Number.isNaN(curve[i])) continue;
      sum += curve[i] as number;
      count++;
    }
    mean[i] = count > 0 ? sum / count : (mean[i - 1] ?? 0);
  }
  return mean;
}

function bridge(curve: Float64Array, guide: Float64Array): void {
  const off = (i: number) => (curve[i] as number) - (guide[i] as number);
  let left: number | undefined;
  for (let i = 0; i <= curve.length; i++) {
    if (i < curve.length && Number.isNaN(curve[i])) continue;
    const right = i < curve.length ? i : undefined;
    for (let k = (left ?? -1) + 1; k < i; k++) {
      const from = left === undefined ? off(right ?? k) : off(left);
      const to = right === undefined ? from : off(right);
      const share = left === undefined || right === undefined ? 0 : (k - left) / (right - left);
      curve[k] = (guide[k] as number) + from + (to - from) * share;
    }
    left = i;
  }
}
