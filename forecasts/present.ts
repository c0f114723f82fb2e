import { type Decomposition, lessProfile, withoutEvents } from './decomposition.ts';
import type { Event } from './event.ts';
import { maskEvents } from './events/mask-events.ts';
import { samplesAfter } from './outages/samples-after.ts';
import { carryLevel, type LocalLevel } from './series/local-level.ts';
import { endOf, type Samples } from './series/samples.ts';
import type { Series } from './series/series.ts';
import { soundRecent } from './series/sound-samples.ts';

/** The state at a forecast's origin: the fit, and the actual values since. */
export interface Present {
  readonly fitted: Decomposition;
  /** End of the newest data, epoch ms. */
  readonly origin: number;
  /** Deviations from the profile since the fit, events included; empty without newer values. */
  readonly tail: Samples;
  readonly tailLevel: LocalLevel;
}

/**
 * Updates a fit with newer actual values, in time proportional to their number.
 * @throws RangeError when `recent` has a different step than the history
 */
export function presentOf(
  fitted: Decomposition,
  input: { readonly recent?: Series; readonly events: readonly Event[]; readonly now: number },
): Present {
  const { samples, scale, profile, level } = fitted;
  const newer = input.recent
    ? samplesAfter(samples, soundRecent(input.recent, input.events, samples))
    : { ...samples, start: endOf(samples), values: new Float64Array(0) };
  const tail = { ...newer, values: lessProfile(newer.values.map(scale.to), newer, profile) };
  const known = samples.values.length + tail.values.length > 0;
  return {
    fitted,
    origin: known ? endOf(tail) : input.now,
    tail,
    tailLevel: carryLevel(level, withoutEvents(tail, maskEvents(tail, input.events))),
  };
}

/** The deviation from the profile in the step that contains `time`; NaN where nothing was measured. */
export function deviationAt({ fitted, tail }: Present, time: number): number {
  const part = time >= tail.start ? tail : fitted.deviations;
  return part.values[Math.floor((time - part.start) / part.stepMs)] ?? Number.NaN;
}

/**
 * The six-hour level known at `origin`, without events: the first one before the history, the last one after the data.
 */
export function middleLevelAt({ fitted, tail, tailLevel }: Present, origin: number): number {
  const part = origin > tail.start ? tail : fitted.deviations;
  const { values } = origin > tail.start ? tailLevel.middle : fitted.level.middle;
  const index = Math.ceil((origin - part.start) / part.stepMs) - 1;
  return values[Math.max(0, Math.min(index, values.length - 1))] ?? tailLevel.middle.level;
}
