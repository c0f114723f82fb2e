import { type DayProfile, fitDayProfile } from './day-profile.ts';
import type { Event } from './event.ts';
import { maskEvents } from './events/mask-events.ts';
import { type LocalLevel, trackLevel } from './local-level.ts';
import { type Scale, scaleOf } from './log-scale.ts';
import { appendSamples, type Samples } from './samples.ts';

/** A history taken apart on the model's scale: value = profile of the minute + level around it + noise; events left out. */
export interface Decomposition {
  readonly samples: Samples;
  readonly scale: Scale;
  readonly profile: DayProfile;
  /** Scaled values less the profile; events are still in. */
  readonly deviations: Samples;
  /** The same with events and gaps as NaN. */
  readonly residuals: Samples;
  readonly level: LocalLevel;
}

/** Takes a history apart, with every event in it masked. */
export function decompose(samples: Samples, events: readonly Event[]): Decomposition {
  const masked = maskEvents(samples, events);
  const scale = scaleOf(samples.values.filter((_, i) => masked[i] === 0));
  const scaled = samples.values.map(scale.to);
  const profile = fitDayProfile({ ...samples, values: scaled.map((value, i) => (masked[i] ? Number.NaN : value)) });
  return { samples, scale, profile, ...deviate(samples, scaled, masked, profile) };
}

/** The decomposition with newer samples appended: the same profile, the levels carried on. */
export function extendDecomposition(fitted: Decomposition, recent: Samples, events: readonly Event[]): Decomposition {
  const samples = appendSamples(fitted.samples, recent);
  if (samples === fitted.samples) return fitted;
  const scaled = samples.values.map(fitted.scale.to);
  return { ...fitted, samples, ...deviate(samples, scaled, maskEvents(samples, events), fitted.profile) };
}

function deviate(samples: Samples, scaled: Float64Array, masked: Uint8Array, profile: DayProfile) {
  const deviations = scaled.map((value, i) => value - profile.at(samples.start + i * samples.stepMs));
  const residuals = { ...samples, values: deviations.map((value, i) => (masked[i] ? Number.NaN : value)) };
  return { deviations: { ...samples, values: deviations }, residuals, level: trackLevel(residuals) };
}
