import { type Decomposition, decompose } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { type DayProfile, fitDayProfile } from '../profile/day-profile.ts';
import type { ModelScale } from '../series/log-scale.ts';
import type { Samples } from '../series/samples.ts';
import { type LagSums, lagSums } from './lags/lag-sums.ts';
import { type FollowLevels, followLevels, type ProfiledHistory } from './residuals/residual-levels.ts';

/**
 * A history without gaps: events, gaps and short outliers are replaced by profile + level, and holidays by what they
 * would have been as ordinary days.
 */
export interface RegularHistory extends ProfiledHistory {
  /** Epoch ms of the first step. */
  readonly start: number;
  readonly stepsPerDay: number;
  /**
   * The model's scale; its upper bound is twice the maximum of the cleaned history, so that outliers do not raise it.
   */
  readonly scale: ModelScale;
  readonly decomposition: Decomposition;
  readonly followLevels: FollowLevels;
  readonly lagSums: LagSums;
}

const dayMs = 86_400_000;
/** Length of an outlier at most: a longer run beyond `outlierSpreads` from its level is kept as a real change. */
const longestOutlierSteps = 3;
const outlierSpreads = 7;

/** Decomposes a history with its events masked, and fills its gaps. */
export function regularHistory(grid: Samples, events: readonly Event[]): RegularHistory {
  const decomposition = decompose(grid, events);
  const { scale, profile, residuals, level } = decomposition;
  const limit = outlierLimit(decomposition);
  const scaled = withoutOutliers(residuals.values, level.middle.values, limit).slice();
  const usual = profileOver(grid, profile.ordinary);
  const slow = level.slow.values;
  const profiled = usual(scaled.length);
  for (let i = 0; i < scaled.length; i++) {
    const residual = scaled[i] as number;
    scaled[i] = (profiled[i] as number) + (Number.isNaN(residual) ? (slow[i] as number) : residual);
  }
  const { start, stepMs } = grid;
  return {
    start,
    stepMs,
    stepsPerDay: dayMs / stepMs,
    scale: { ...scale, highest: Math.min(scale.highest, highestOf(scaled, scale)) },
    scaled,
    decomposition,
    profileOver: usual,
    followLevels: lazy(() => followLevels({ scaled, stepMs, profileOver: usual })),
    lagSums: lagSums(scaled, [scaled.length]),
  };
}

/** A history and some of its beginnings, as known at their ends; shared sums are computed once. */
export interface SplitHistory {
  readonly whole: RegularHistory;
  /** Each with a profile fitted on its own data; scale and filled gaps are those of the whole history. */
  readonly beginnings: readonly RegularHistory[];
}

/** Splits off beginnings of a history. `lengths`: the length of each, in steps. */
export function splitHistory(history: RegularHistory, lengths: readonly number[]): SplitHistory {
  const ascending = [...lengths, history.scaled.length].sort((a, b) => a - b);
  const whole = { ...history, lagSums: lagSums(history.scaled, ascending) };
  return { whole, beginnings: lengths.map(steps => beginningOf(whole, steps)) };
}

function beginningOf(whole: RegularHistory, steps: number): RegularHistory {
  const { start, stepMs, decomposition } = whole;
  const scaled = whole.scaled.subarray(0, steps);
  const known = decomposition.residuals.values.slice(0, steps);
  const profiled = whole.profileOver(steps);
  for (let i = 0; i < steps; i++) known[i] = (known[i] as number) + (profiled[i] as number);
  const usual = profileOver(whole, fitDayProfile({ start, stepMs, values: known }));
  const levels = lazy(() => followLevels({ scaled, stepMs, profileOver: usual }));
  return { ...whole, scaled, profileOver: usual, followLevels: levels };
}

/** The profile of the first steps of a grid, cached and extended on demand. */
function profileOver({ start, stepMs }: Pick<Samples, 'start' | 'stepMs'>, profile: Pick<DayProfile, 'along'>) {
  let known: Float64Array = new Float64Array(0);
  return (steps: number) => {
    if (known.length < steps) known = profile.along(start, stepMs, steps + Math.ceil((2 * dayMs) / stepMs));
    return known;
  };
}

/** A function that is created on its first call. */
function lazy<A, T>(make: () => (argument: A) => T): (argument: A) => T {
  let made: ((argument: A) => T) | undefined;
  return argument => {
    made ??= make();
    return made(argument);
  };
}

/** Distance from the level beyond which a residual is an outlier, on the model's scale; 0 = no limit. */
export function outlierLimit({ level }: Decomposition): number {
  return (outlierSpreads / 6) * level.clip;
}

/**
 * The residuals with NaN for short runs beyond `limit` from their level. A run that reaches the end may be the start of
 * a shift and is kept; a single last step at distance d is moved to limit² ÷ d from the level.
 */
export function withoutOutliers(residuals: Float64Array, level: Float64Array, limit: number): Float64Array {
  if (!(limit > 0)) return residuals;
  const kept = residuals.slice();
  const beyond = (i: number) => (residuals[i] as number) - (level[i - 1] ?? (level[i] as number));
  for (let i = 0; i < residuals.length; i++) {
    if (!(Math.abs(beyond(i)) > limit)) continue;
    let end = i;
    while (end < residuals.length && Math.abs(beyond(end)) > limit) end++;
    const reachesEnd = end === residuals.length;
    if (!reachesEnd && end - i <= longestOutlierSteps) kept.fill(Number.NaN, i, end);
    if (reachesEnd && end - i === 1) kept[i] = (residuals[i] as number) - beyond(i) + limit ** 2 / beyond(i);
    i = end;
  }
  return kept;
}

function highestOf(scaled: Float64Array, scale: ModelScale): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of scaled) if (value > highest) highest = value;
  const raw = scale.from(highest);
  return scale.name === 'log' && Number.isFinite(raw) ? 2 * raw : scale.highest;
}
