import { type DayProfile, fitDayProfile } from './day-profile.ts';
import type { Event } from './event.ts';
import { maskHistory } from './events/mask-events.ts';
import { type LocalLevel, trackLevel } from './local-level.ts';
import { type Scale, scaleOf } from './log-scale.ts';
import type { Samples } from './samples.ts';

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
  const masked = maskHistory(samples, events);
  const scale = scaleOf(samples.values.filter((_, i) => masked[i] === 0));
  const scaled = samples.values.map(scale.to);
  const profile = fitDayProfile({ ...samples, values: scaled.map((value, i) => (masked[i] ? Number.NaN : value)) });
  const deviations = { ...samples, values: lessProfile(scaled, samples, profile) };
  const residuals = withoutEvents(deviations, masked);
  return { samples, scale, profile, deviations, residuals, level: trackLevel(residuals) };
}

/** Scaled values less the profile, where `samples` tells their times. */
export function lessProfile(scaled: Float64Array, { start, stepMs }: Samples, profile: DayProfile): Float64Array {
  const usual = profile.along(start, stepMs, scaled.length);
  for (let i = 0; i < scaled.length; i++) usual[i] = (scaled[i] as number) - (usual[i] as number);
  return usual;
}

/** NaN where `masked` is 1. */
export function withoutEvents(deviations: Samples, masked: Uint8Array): Samples {
  return { ...deviations, values: deviations.values.map((value, i) => (masked[i] ? Number.NaN : value)) };
}
