import type { LocalClock } from '../clock/local-clock.ts';
import { isWeekend } from '../series/weekday.ts';
import { medianOf } from '../statistics/median.ts';
import type { DayGrid } from './bin-days.ts';
import type { DayKinds } from './day-kinds.ts';
import { nearLevel } from './near-level.ts';

/** A Sunday, in days since 1 January 1970. */
const sunday = 3;

/** The grid with no holiday among its full days: profiles of ordinary days are not learned from them. */
export function withoutHolidays(grid: DayGrid, clock: LocalClock): DayGrid {
  if (!clock.hasHolidays) return grid;
  const full = grid.full.map((isFull, row) => isFull && clock.holidayOn(grid.firstDay + row) === undefined);
  return { ...grid, full, days: full.filter(Boolean).length };
}

/** What the profile of holidays is learned from. */
export interface HolidayInput {
  /** All days, holidays among them. */
  readonly grid: DayGrid;
  readonly clock: LocalClock;
  /** One level per row. */
  readonly levels: Float64Array;
  /** One profile per kind of ordinary day. */
  readonly profiles: readonly Float64Array[];
  readonly kinds: DayKinds;
}

/** The profiles of holidays. */
export interface HolidayProfiles {
  /** The profile of a holiday, given in days since 1 January 1970. */
  of(day: number): Float64Array;
  /** Share (0–1) of the way to an ordinary day that the profile of a day is in doubt: 0 for one that was measured. */
  doubtOn(day: number): number;
}

/** Holidays in the history: how many, and the sum of how far each was above a Sunday. */
interface PastHolidays {
  readonly count: number;
  readonly moved: number;
}

/** A holiday that is still to come. */
interface ComingHoliday {
  readonly profile: Float64Array;
  /** Share (0–1) of the way to an ordinary day that it is in doubt. */
  readonly doubt: number;
}

const none: PastHolidays = { count: 0, moved: 0 };

/** Number of past holidays that one of another name counts as, for the doubt. */
const otherNameCount = 0.5;

/**
 * The profiles of holidays. One in the history is a Sunday at the level that was measured, so that it says nothing of
 * the days after it. One to come is a Sunday, moved by how far those of its name were above it, where those of other
 * names count as one more together, shrunk by one that was not. Where Sundays have no profile of their own it is any day.
 */
export function holidayProfiles({ grid, clock, levels, profiles, kinds }: HolidayInput): HolidayProfiles {
  const base = profiles[kinds.of(sunday)] as Float64Array;
  const isWorkingDay = (row: number) =>
    !isWeekend(grid.firstDay + row) && clock.holidayOn(grid.firstDay + row) === undefined;
  const measured = new Map<number, Float64Array>();
  const byName = new Map<string, PastHolidays>();
  for (let row = 0; row < grid.rows; row++) {
    const name = clock.holidayOn(grid.firstDay + row);
    if (!grid.full[row] || name === undefined) continue;
    const near = nearLevel(levels, row, other => grid.full[other] === true && isWorkingDay(other));
    if (near === undefined) continue;
    const own = levelOver(grid, row, base) - near;
    measured.set(
      grid.firstDay + row,
      base.map(value => value + own),
    );
    const { count, moved } = byName.get(name) ?? none;
    byName.set(name, { count: count + 1, moved: moved + own });
  }
  const all = [...byName.values()].reduce((sum, { moved }) => sum + moved, 0);
  const comingLike = (name: string): ComingHoliday => {
    const own = byName.get(name) ?? none;
    const others = { count: measured.size - own.count, moved: all - own.moved };
    const shift = (own.moved + others.moved / (others.count + 1)) / (own.count + 1);
    return {
      profile: base.map(value => value + shift),
      doubt: 1 / (own.count + otherNameCount * others.count + 1),
    };
  };
  const known = new Map<string, ComingHoliday>();
  const coming = (day: number) => {
    const name = clock.holidayOn(day) ?? '';
    const found = known.get(name) ?? comingLike(name);
    known.set(name, found);
    return found;
  };
  return {
    of: day => measured.get(day) ?? coming(day).profile,
    doubtOn: day => (measured.has(day) ? 0 : coming(day).doubt),
  };
}

/** Median of a row's values less a profile. */
function levelOver({ bins, values }: DayGrid, row: number, profile: Float64Array): number {
  const over = new Float64Array(bins);
  let count = 0;
  for (let bin = 0; bin < bins; bin++) {
    const value = values[row * bins + bin] as number;
    if (!Number.isNaN(value)) over[count++] = value - (profile[bin] as number);
  }
  return medianOf(over, count);
}
