import { type Decomposition, decompose } from '../decomposition.ts';
import type { Event } from '../event.ts';
import { type DayProfile, fitDayProfile } from '../profile/day-profile.ts';
import type { Scale } from '../series/log-scale.ts';
import type { Samples } from '../series/samples.ts';
import { type LagSums, lagSums } from './lags/lag-sums.ts';
import { type FollowLevels, followLevels, type ProfiledHistory } from './residuals/residual-levels.ts';

/** A history without holes: events, gaps and lone outliers are replaced by what profile and level would have given. */
export interface RegularHistory extends ProfiledHistory {
  /** Epoch ms of the first step. */
  readonly start: number;
  readonly stepsPerDay: number;
  /** Its upper bound is twice what the cleaned history reached, so an outlier does not lift it. */
  readonly scale: Scale;
  readonly decomposition: Decomposition;
  readonly followLevels: FollowLevels;
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
  const scaled = withoutOutliers(residuals.values, level.middle.values, limit).slice();
  const usual = profileOver(grid, profile);
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
    followLevels: onceAsked(() => followLevels({ scaled, stepMs, profileOver: usual })),
    lagSums: lagSums(scaled, [scaled.length]),
  };
}

/** A history, and beginnings of it as they would have been known then; what they share is worked out once. */
export interface SplitHistory {
  readonly whole: RegularHistory;
  /** Their profiles have seen nothing later. Their scale, and what stands in their holes, are those of the whole. */
  readonly beginnings: readonly RegularHistory[];
}

/** `lengths`: of each beginning, in steps. */
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
  const levels = onceAsked(() => followLevels({ scaled, stepMs, profileOver: usual }));
  return { ...whole, scaled, profileOver: usual, followLevels: levels };
}

/** The profile of the first steps of a grid, worked out once and further when asked for more. */
function profileOver({ start, stepMs }: Pick<Samples, 'start' | 'stepMs'>, profile: DayProfile) {
  let known: Float64Array = new Float64Array(0);
  return (steps: number) => {
    if (known.length < steps) known = profile.along(start, stepMs, steps + Math.ceil((2 * dayMs) / stepMs));
    return known;
  };
}

/** A function that is made when it is first called. */
function onceAsked<A, T>(make: () => (argument: A) => T): (argument: A) => T {
  let made: ((argument: A) => T) | undefined;
  return argument => {
    made ??= make();
    return made(argument);
  };
}

/** How far a residual may lie from its level before it is taken for an outlier; 0 = no limit. */
export function outlierLimit({ level }: Decomposition): number {
  return (outlierSpreads / 6) * level.clip;
}

/**
 * NaN where a short run lies beyond `limit` from its level. A run that reaches the end may be the start of a shift: it
 * stays, but a single step only so far: the further beyond the limit, the less of it.
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

function highestOf(scaled: Float64Array, scale: Scale): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scaled.length; i++) if ((scaled[i] as number) > highest) highest = scaled[i] as number;
  const raw = scale.from(highest);
  return scale.name === 'log' && Number.isFinite(raw) ? 2 * raw : scale.highest;
}
