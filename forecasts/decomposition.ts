import type { Event } from './event.ts';
import { maskHistory } from './events/mask-events.ts';
import { type DayProfile, fitDayProfile } from './profile/day-profile.ts';
import { type LocalLevel, trackLevel, withoutCourse } from './series/local-level.ts';
import { type ModelScale, scaleOf } from './series/log-scale.ts';
import { loneSpikes } from './series/lone-spikes.ts';
import type { Samples } from './series/samples.ts';

/**
 * Decomposition of a history on the model's scale: value = profile of the minute + local level + noise, without events.
 */
export interface Decomposition {
  readonly samples: Samples;
  readonly scale: ModelScale;
  readonly profile: DayProfile;
  /** Scaled values less the profile, events included. */
  readonly deviations: Samples;
  /** The deviations with NaN for events, gaps and lone spikes. */
  readonly residuals: Samples;
  readonly level: LocalLevel;
}

/** Decomposes a history; events and lone spikes are masked. */
export function decompose(samples: Samples, events: readonly Event[]): Decomposition {
  const masked = maskHistory(samples, events);
  const scale = scaleOf(withoutEvents(samples, masked).values);
  const scaled = samples.values.slice();
  for (let i = 0; i < scaled.length; i++) scaled[i] = scale.to(scaled[i] as number);
  const ordinary = withoutEvents({ ...samples, values: scaled }, masked);
  const spikes = loneSpikes(ordinary);
  const profile = fitDayProfile(withoutEvents(ordinary, spikes));
  const deviations = { ...samples, values: lessProfile(scaled, samples, profile) };
  const residuals = withoutEvents(withoutEvents(deviations, masked), spikes);
  return { samples, scale, profile, deviations, residuals, level: trackLevel(residuals) };
}

/**
 * A decomposition as far as a forecast without events needs it: the samples and the newest level, without its course.
 * Models are kept in memory, and each course takes as much as the history.
 */
export function onlyPresent({ samples, scale, profile, level }: Decomposition): Decomposition {
  const nothing = { ...samples, values: new Float64Array(0) };
  const { slow, middle, fast, clip } = level;
  const newest = { slow: withoutCourse(slow), middle: withoutCourse(middle), fast: withoutCourse(fast), clip };
  return { samples, scale, profile, deviations: nothing, residuals: nothing, level: newest };
}

/** A decomposition with the course of its six-hour level only, from which events are learned. */
export function withMiddleLevel({ level, ...decomposed }: Decomposition): Decomposition {
  return { ...decomposed, level: { ...level, slow: withoutCourse(level.slow), fast: withoutCourse(level.fast) } };
}

/** Scaled values less the profile; `samples` gives their start and step. */
export function lessProfile(scaled: Float64Array, { start, stepMs }: Samples, profile: DayProfile): Float64Array {
  const usual = profile.along(start, stepMs, scaled.length);
  for (let i = 0; i < scaled.length; i++) usual[i] = (scaled[i] as number) - (usual[i] as number);
  return usual;
}

/** The samples with NaN where `masked` is 1. */
export function withoutEvents(samples: Samples, masked: Uint8Array): Samples {
  if (!masked.includes(1)) return samples;
  const values = samples.values.slice();
  for (let i = 0; i < values.length; i++) if (masked[i]) values[i] = Number.NaN;
  return { ...samples, values };
}
