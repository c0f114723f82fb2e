import { deviationAt, type Present } from '../present.ts';
import type { Uplift } from './learn-uplift.ts';

/** How far a running event is off its curve, on the model's scale. */
export interface LiveCorrection {
  /** What the newest minutes say. */
  readonly fast: number;
  /** What the last hour says. */
  readonly slow: number;
}

const minuteMs = 60_000;
/** Each minute counts half of the one after it. */
const fastHalfLifeMs = minuteMs;
const slowHalfLifeMs = 60 * minuteMs;
/** The newest minutes' word fades to the last hour's as the forecast reaches further. */
const fadeHalfLifeMs = 360 * minuteMs;
/** A rush that comes a minute early or late is not a larger or smaller one: the first minutes are believed in part. */
const patienceMs = 3 * minuteMs;
/** A step further off than this beside the correction counts only as far as the step before it was off, too. */
const wildReach = 0.3;
const longestLookMs = 180 * minuteMs;

/**
 * Curve × exponentially weighted mean of the log ratio: as good as a Kalman filter or a learned regression, and simple.
 * Undefined before the start and when no actual of the event is known. `expected` is the scaled deviation the curve
 * gives a step.
 */
export function correctLive(
  present: Present,
  uplift: Uplift,
  expected: (time: number) => number,
): LiveCorrection | undefined {
  const { start } = uplift.clock.event;
  const { stepMs } = present.tail;
  const first = Math.max(start, present.origin - longestLookMs);
  const steps = Math.floor((present.origin - first) / stepMs);
  const tracker = trackOff(uplift.unit);
  for (let i = steps; i >= 1; i--) {
    const time = present.origin - i * stepMs;
    tracker.add(time + stepMs - start, deviationAt(present, time) - expected(time));
  }
  return tracker.read();
}

/** The correction of a forecast `aheadMs` after the newest actual. */
export function correctionAhead({ fast, slow }: LiveCorrection, aheadMs: number): number {
  return slow + (fast - slow) * fadeAhead(aheadMs);
}

/** The weight (0–1) of the newest minutes' word `aheadMs` on. */
export function fadeAhead(aheadMs: number): number {
  return 2 ** (-Math.max(0, aheadMs) / fadeHalfLifeMs);
}

/** For each past uplift, the corrections that would have stood at each knot of its own event; 0 before its start. */
export function pastCorrections({
  clock,
  errors,
  unit,
}: Uplift): readonly { fast: Float64Array; slow: Float64Array }[] {
  return errors.map(error => {
    const fast = new Float64Array(error.length);
    const slow = new Float64Array(error.length);
    const tracker = trackOff(unit);
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

function trackOff(unit: number) {
  const reach = wildReach * unit;
  let fast = 0;
  let slow = 0;
  let before = 0;
  let last: number | undefined;
  return {
    add: (sinceStartMs: number, off: number) => {
      if (Number.isNaN(off)) return;
      const gap = last === undefined ? Number.POSITIVE_INFINITY : sinceStartMs - last;
      const highest = Math.max(fast + reach, before);
      const lowest = Math.min(fast - reach, before);
      const sturdy = Math.min(highest, Math.max(lowest, off));
      before = off;
      fast = sturdy + (fast - sturdy) * 2 ** (-gap / fastHalfLifeMs);
      slow = sturdy + (slow - sturdy) * 2 ** (-gap / slowHalfLifeMs);
      last = sinceStartMs;
    },
    read: (): LiveCorrection | undefined => {
      if (last === undefined) return undefined;
      const belief = 1 - 2 ** (-last / patienceMs);
      return { fast: belief * fast, slow: belief * slow };
    },
  };
}
