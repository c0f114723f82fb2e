import { type LocalClock, localDay, utcClock } from '../clock/local-clock.ts';
import type { Samples } from '../series/samples.ts';
import { binDays, type DayGrid } from './bin-days.ts';
import { type DayKinds, dayKinds, weekendKind } from './day-kinds.ts';
import { holidayProfiles, withoutHolidays } from './holiday-profile.ts';
import { medianPolish, type PolishedDays } from './median-polish.ts';
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
  /** The same profile as if no day were a holiday. */
  readonly ordinary: Pick<DayProfile, 'at' | 'along'>;
  /** What the calendar adds to `ordinary` at an epoch ms: 0 on days that are no holidays. */
  holidayEffect(time: number): number;
  /**
   * How far (signed) an ordinary day is from a holiday of which little has been measured; 0 on other days. Undefined
   * without a calendar.
   */
  readonly holidayDoubt: ((time: number) => number) | undefined;
}

const dayMs = 86_400_000;

/**
 * Fits a profile per kind of day: value(day, minute) = level of the day + profile of the minute. The profile is 0
 * everywhere when there are too few samples or the steps are too long.
 *
 * `scaled`: samples on the model's scale; NaN (gaps, masked events) is left out. Days are those of its clock.
 */
export function fitDayProfile(scaled: Samples): DayProfile {
  const { clock = utcClock } = scaled;
  const grid = binDays(scaled);
  const usual = withoutHolidays(grid, clock);
  const kinds = dayKinds(usual);
  if (kinds.name === 'none') return noProfile(grid.days);
  const { profiles, levels } = fitProfiles(usual, kinds);
  const profileOf = (day: number) => profiles[kinds.of(day)] as Float64Array;
  const read = { days: grid.days, kinds: kinds.name };
  const ordinary = readOn(grid, clock, profileOf);
  if (!clock.hasHolidays) return { ...read, ...ordinary, ordinary, ...noCalendar };
  const holidays = holidayProfiles({ grid, clock, levels, profiles, kinds });
  const calendarOf = (day: number) => (clock.holidayOn(day) === undefined ? profileOf(day) : holidays.of(day));
  const { at, along } = readOn(grid, clock, calendarOf);
  const isHoliday = (time: number) => clock.holidayOn(localDay(clock, time)) !== undefined;
  const effect = (time: number) => (isHoliday(time) ? at(time) - ordinary.at(time) : 0);
  return {
    ...read,
    at,
    along,
    ordinary,
    holidayEffect: effect,
    holidayDoubt: time => -effect(time) * holidays.doubtOn(localDay(clock, time)),
  };
}

const noCalendar = { holidayEffect: () => 0, holidayDoubt: undefined };

function noProfile(days: number): DayProfile {
  const ordinary = {
    at: () => 0,
    along: (_start: number, _stepMs: number, count: number) => new Float64Array(count),
  };
  return { ...ordinary, days, kinds: 'none', ordinary, ...noCalendar };
}

/** Reads the profile of each day in the clock's local time. `profileOf`: the profile of a local day. */
function readOn(
  grid: DayGrid,
  clock: LocalClock,
  profileOf: (day: number) => Float64Array,
): Pick<DayProfile, 'at' | 'along'> {
  return {
    at: time => {
      const day = localDay(clock, time);
      return readProfile(grid, profileOf(day), time + clock.offsetAt(time) - day * dayMs);
    },
    along: (start, stepMs, count) => {
      const whole = (from: number, steps: number) =>
        readAlong(grid, profileOf, { start: from + clock.offsetAt(from), stepMs, count: steps });
      if (clock.nextChange(start) >= start + count * stepMs) return whole(start, count);
      const along = new Float64Array(count);
      for (let i = 0; i < count; ) {
        const from = start + i * stepMs;
        const end = Math.min(count, Math.ceil((clock.nextChange(from) - start) / stepMs));
        along.set(whole(from, end - i), i);
        i = end;
      }
      return along;
    },
  };
}

/** One profile per kind of day, one value per bin, and the level of each row. */
function fitProfiles(grid: DayGrid, kinds: DayKinds): PolishedDays {
  const { profiles, levels } = medianPolish(grid, kinds);
  const smoothed = profiles.map(profile => smoothProfile(profile, grid.binMs));
  if (kinds.name !== 'weekend') return { profiles: smoothed, levels };
  const shift = weekendShift(grid, levels);
  return {
    levels,
    profiles: smoothed.map((profile, kind) => (kind === weekendKind ? profile.map(value => value + shift) : profile)),
  };
}
