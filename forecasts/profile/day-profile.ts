import type { Samples } from '../series/samples.ts';
import { binDays, type DayGrid } from './bin-days.ts';
import { type DayKinds, dayKinds, weekendKind } from './day-kinds.ts';
import { medianPolish } from './median-polish.ts';
import { readAlong, readProfile } from './read-profile.ts';
import { smoothProfile } from './smooth-profile.ts';
import { weekendShift } from './weekend-shift.ts';

/** What a minute of the day is worth on the model's scale, by kind of day; the level of the day is taken out. */
export interface DayProfile {
  /** Additive, on the scale of the samples it was fitted on; 0 on average over a working day. */
  at(time: number): number;
  /** The same for `count` steps of `stepMs` from `start` on. */
  along(start: number, stepMs: number, count: number): Float64Array;
  /** Days with enough unmasked samples to count. */
  readonly days: number;
  readonly kinds: DayKinds['name'];
}

const dayMs = 86_400_000;

/**
 * Two-way fit: value(day, minute) = level of the day + profile of the minute, one profile a kind of day. It is 0
 * throughout where the samples are too few, or their steps too long, for a profile.
 *
 * `scaled` are samples on the model's scale; NaN (gaps, masked events) are left out.
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

/** One profile a kind of day, one value a bin. */
function fitProfiles(grid: DayGrid, kinds: DayKinds): readonly Float64Array[] {
  const { profiles, levels } = medianPolish(grid, kinds);
  const smoothed = profiles.map(profile => smoothProfile(profile, grid.binMs));
  if (kinds.name !== 'weekend') return smoothed;
  const shift = weekendShift(grid, levels);
  return smoothed.map((profile, kind) => (kind === weekendKind ? profile.map(value => value + shift) : profile));
}
