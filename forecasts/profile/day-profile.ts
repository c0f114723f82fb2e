import type { Samples } from '../series/samples.ts';
import { binDays, type DayGrid } from './bin-days.ts';
import { type DayKinds, dayKinds, weekendKind } from './day-kinds.ts';
import { medianPolish } from './median-polish.ts';
import { readAlong, readProfile } from './read-profile.ts';
import { smoothProfile } from './smooth-profile.ts';
import { weekendShift } from './weekend-shift.ts';

/** Profile of the day by kind of day, on the model's scale, without the level of the day. */
export interface DayProfile {
  /** The profile at an epoch ms, to add to the level on the model's scale; 0 on average over a working day. */
  at(time: number): number;
  /** The profile for `count` steps of `stepMs` from `start` (epoch ms) on, one value per step. */
  along(start: number, stepMs: number, count: number): Float64Array;
  /** Number of days with enough unmasked samples. */
  readonly days: number;
  readonly kinds: DayKinds['name'];
}

const dayMs = 86_400_000;

/**
 * Fits a profile per kind of day: value(day, minute) = level of the day + profile of the minute. The profile is 0
 * everywhere when there are too few samples or the steps are too long.
 *
 * `scaled`: samples on the model's scale; NaN (gaps, masked events) is left out.
 */
export function fitDayProfile(scaled: Samples): DayProfile {
  const grid = binDays(scaled);
  const kinds = dayKinds(grid);
  const { days } = grid;
  if (kinds.name === 'none')
    return { at: () => 0, along: (_start, _stepMs, count) => new Float64Array(count), days, kinds: kinds.name };
  const profiles = fitProfiles(grid, kinds);
  const profileOf = (day: number) => profiles[kinds.of(day)] as Float64Array;
  return {
    days,
    kinds: kinds.name,
    at: time => {
      const day = Math.floor(time / dayMs);
      return readProfile(grid, profileOf(day), time - day * dayMs);
    },
    along: (start, stepMs, count) => readAlong(grid, profileOf, { start, stepMs, count }),
  };
}

/** One profile per kind of day, one value per bin. */
function fitProfiles(grid: DayGrid, kinds: DayKinds): readonly Float64Array[] {
  const { profiles, levels } = medianPolish(grid, kinds);
  const smoothed = profiles.map(profile => smoothProfile(profile, grid.binMs));
  if (kinds.name !== 'weekend') return smoothed;
  const shift = weekendShift(grid, levels);
  return smoothed.map((profile, kind) => (kind === weekendKind ? profile.map(value => value + shift) : profile));
}
