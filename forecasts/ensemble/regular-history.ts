import { type Decomposition, decompose } from '../decomposition.ts';
import type { Event } from '../event.ts';
import type { Scale } from '../log-scale.ts';
import type { Samples } from '../samples.ts';
import { type LagSums, lagSums } from './lag-grams.ts';

/** A history without holes: events, gaps and lone outliers are replaced by what profile and level would have given. */
export interface RegularHistory {
  /** Epoch ms of the first step. */
  readonly start: number;
  readonly stepMs: number;
  readonly stepsPerDay: number;
  /** Its upper bound is twice what the cleaned history reached, so an outlier does not lift it. */
  readonly scale: Scale;
  /** One value a step, on the model's scale, no NaN. */
  readonly scaled: Float64Array;
  readonly profileAt: (time: number) => number;
  readonly decomposition: Decomposition;
  /** Sums of products of `scaled` with its past. */
  readonly lagSums: LagSums;
}

const dayMs = 86_400_000;
/** A run of at most this many steps, further than `outlierSpreads` from its level, is an outlier and no event. */
const longestOutlierSteps = 3;
const outlierSpreads = 7;

/** The history taken apart, events masked, and put together again without its holes. */
export function regularHistory(grid: Samples, events: readonly Event[]): RegularHistory {
  const decomposition = decompose(grid, events);
  const { scale, profile, residuals, level } = decomposition;
  const limit = outlierLimit(decomposition);
  const kept = withoutOutliers(residuals.values, level.middle.values, limit);
  const scaled = kept.map((residual, i) => {
    const expected = level.slow.values[i] as number;
    return profile.at(grid.start + i * grid.stepMs) + (Number.isNaN(residual) ? expected : residual);
  });
  return {
    start: grid.start,
    stepMs: grid.stepMs,
    stepsPerDay: dayMs / grid.stepMs,
    scale: { ...scale, highest: Math.min(scale.highest, highestOf(scaled, scale)) },
    scaled,
    profileAt: time => profile.at(time),
    decomposition,
    lagSums: lagSums(scaled, [scaled.length]),
  };
}

/** How far a residual may lie from its level before it is taken for an outlier; 0 = no limit. */
export function outlierLimit({ level }: Decomposition): number {
  return (outlierSpreads / 6) * level.clip;
}

/**
 * NaN where a short run lies beyond `limit` from its level. A run that reaches the end may be the start of a shift: it
 * stays, but only as far as the limit.
 */
export function withoutOutliers(residuals: Float64Array, level: Float64Array, limit: number): Float64Array {
  if (!(limit > 0)) return residuals;
  const kept = residuals.slice();
  const beyond = (i: number) => (residuals[i] as number) - (level[i - 1] ?? (level[i] as number));
  for (let i = 0; i < residuals.length; i++) {
    if (!(Math.abs(beyond(i)) > limit)) continue;
    let end = i;
    while (end < residuals.length && Math.abs(beyond(end)) > limit) end++;
    if (end - i <= longestOutlierSteps) {
      for (let t = i; t < end; t++)
        kept[t] =
          end < residuals.length ? Number.NaN : (residuals[t] as number) - beyond(t) + Math.sign(beyond(t)) * limit;
    }
    i = end;
  }
  return kept;
}

function highestOf(scaled: Float64Array, scale: Scale): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of scaled) if (value > highest) highest = value;
  const raw = scale.from(highest);
  return scale.name === 'log' && Number.isFinite(raw) ? 2 * raw : scale.highest;
}
