import type { RegularHistory } from '../regular-history.ts';

/**
 * Exponentially weighted means of the residuals at four speeds, known at the end of each step, on the model's scale.
 */
export interface ResidualLevels {
  /** Half-life 24 h. */
  readonly day: (step: number) => number;
  /** Half-life 6 h. */
  readonly quarter: (step: number) => number;
  /** Half-life 1 h. */
  readonly hour: (step: number) => number;
  /** Half-life 10 min, or one step. */
  readonly now: (step: number) => number;
}

/** Levels of a history extended to `known`; only the new steps are computed. */
export type FollowLevels = (known: Float64Array) => ResidualLevels;

const speeds = 4;
const halfLivesMs = [24, 6, 1, 1 / 6].map(hours => hours * 3_600_000);

/** Computes the four levels per step of `scaled`; the result extends them to later steps. */
export function followLevels({
  scaled,
  stepMs,
  profileOver,
}: Pick<RegularHistory, 'scaled' | 'stepMs' | 'profileOver'>): FollowLevels {
  const gains = Float64Array.from(halfLivesMs, half => 1 - 2 ** (-1 / Math.max(1, half / stepMs)));
  const profile = profileOver(scaled.length);
  const first = Float64Array.from(halfLivesMs, half => {
    const steps = Math.min(scaled.length, Math.ceil(Math.max(1, half / stepMs)));
    let level = 0;
    for (let t = 0; t < steps; t++) level += ((scaled[t] as number) - (profile[t] as number)) / steps;
    return level;
  });
  const fitted = smooth(scaled, profile, { from: 0, levels: first, gains });
  const last = fitted.slice(-speeds);
  return known => {
    const later = smooth(known, profileOver(known.length), { from: scaled.length, levels: last, gains });
    const read = (speed: number) => (step: number) =>
      step < scaled.length
        ? (fitted[step * speeds + speed] as number)
        : (later[(step - scaled.length) * speeds + speed] as number);
    return { day: read(0), quarter: read(1), hour: read(2), now: read(3) };
  };
}

interface Smoothing {
  readonly from: number;
  /** The four levels at the end of the step before `from`. */
  readonly levels: Float64Array;
  /** Share of its distance to the newest residual that each level moves per step, 0–1. */
  readonly gains: Float64Array;
}

function smooth(known: Float64Array, profile: Float64Array, { from, levels, gains }: Smoothing): Float64Array {
  const smoothed = new Float64Array(Math.max(0, known.length - from) * speeds);
  const [dayGain = 0, quarterGain = 0, hourGain = 0, nowGain = 0] = gains;
  let [day = 0, quarter = 0, hour = 0, now = 0] = levels;
  for (let t = from, at = 0; t < known.length; t++, at += speeds) {
    const residual = (known[t] as number) - (profile[t] as number);
    day += dayGain * (residual - day);
    quarter += quarterGain * (residual - quarter);
    hour += hourGain * (residual - hour);
    now += nowGain * (residual - now);
    smoothed[at] = day;
    smoothed[at + 1] = quarter;
    smoothed[at + 2] = hour;
    smoothed[at + 3] = now;
  }
  return smoothed;
}
