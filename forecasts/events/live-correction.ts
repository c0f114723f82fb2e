import { deviationAt, type Present } from '../present.ts';
import type { Uplift } from './uplift.ts';

/** Difference of a running event's actual demand to its curve, on the model's scale. */
export interface LiveCorrection {
  /** Mean of the newest minutes. */
  readonly fast: number;
  /** Mean of the last hour. */
  readonly slow: number;
}

const minuteMs = 60_000;
/** Half-life of the fast mean: each minute counts half as much as the next. */
const fastHalfLifeMs = minuteMs;
const slowHalfLifeMs = 60 * minuteMs;
/** Half-life over the horizon with which the fast correction fades to the slow one. */
const fadeHalfLifeMs = 360 * minuteMs;
/** Half-life of the doubt after the start: a rush a minute early or late must not look larger or smaller. */
const openingHalfLifeMs = 3 * minuteMs;
/**
 * Largest jump from the correction, in uplift units, that a single step may show; a larger one needs the step before,
 * too.
 */
const jumpLimit = 0.3;
const longestMemoryMs = 180 * minuteMs;

/**
 * Correction of a running event: exponentially weighted means of actual − expected since the start, on the model's
 * scale. As accurate as a Kalman filter or a learned regression, and simpler. Undefined before the start and without
 * actual values of the event. `expected` is the curve's scaled deviation in the step that begins at a time.
 */
export function correctLive(
  present: Present,
  uplift: Uplift,
  expected: (time: number) => number,
): LiveCorrection | undefined {
  const { start } = uplift.clock.event;
  const { stepMs } = present.tail;
  const first = Math.max(start, present.origin - longestMemoryMs);
  const steps = Math.floor((present.origin - first) / stepMs);
  const tracker = trackErrors(uplift.unit);
  for (let i = steps; i >= 1; i--) {
    const time = present.origin - i * stepMs;
    tracker.add(time + stepMs - start, deviationAt(present, time) - expected(time));
  }
  return tracker.read();
}

/** The correction of a forecast `aheadMs` after the newest actual value. */
export function correctionAhead({ fast, slow }: LiveCorrection, aheadMs: number): number {
  return slow + (fast - slow) * fadeAhead(aheadMs);
}

/** Weight (0–1) of the fast correction in a forecast `aheadMs` ahead. */
export function fadeAhead(aheadMs: number): number {
  return 2 ** (-Math.max(0, aheadMs) / fadeHalfLifeMs);
}

/** The corrections during each past event: one value per knot, 0 before its start. */
export function pastCorrections({
  clock,
  errors,
  unit,
}: Uplift): readonly { fast: Float64Array; slow: Float64Array }[] {
  return errors.map(error => {
    const fast = new Float64Array(error.length);
    const slow = new Float64Array(error.length);
    const tracker = trackErrors(unit);
    for (let i = 0; i < error.length; i++) {
      const knot = clock.knots[i] as number;
      if (knot <= 0) continue;
      tracker.add(knot, error[i] as number);
      const known = tracker.read();
      fast[i] = known?.fast ?? 0;
      slow[i] = known?.slow ?? 0;
    }
    return { fast, slow };
  });
}

function trackErrors(unit: number) {
  const limit = jumpLimit * unit;
  let fast = 0;
  let slow = 0;
  let before = 0;
  let last: number | undefined;
  return {
    add: (sinceStartMs: number, error: number) => {
      if (Number.isNaN(error)) return;
      const gap = last === undefined ? Number.POSITIVE_INFINITY : sinceStartMs - last;
      const highest = Math.max(fast + limit, before);
      const lowest = Math.min(fast - limit, before);
      const clipped = Math.min(highest, Math.max(lowest, error));
      before = error;
      fast = clipped + (fast - clipped) * 2 ** (-gap / fastHalfLifeMs);
      slow = clipped + (slow - clipped) * 2 ** (-gap / slowHalfLifeMs);
      last = sinceStartMs;
    },
    read: (): LiveCorrection | undefined => {
      if (last === undefined) return undefined;
      const weight = 1 - 2 ** (-last / openingHalfLifeMs);
      return { fast: weight * fast, slow: weight * slow };
    },
  };
}
