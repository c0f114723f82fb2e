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

/**
 * The profiles of holidays. One in the history is a Sunday at the level that was measured, so that it says nothing of
 * the days after it. One to come is a Sunday, moved by how far those in the history were above it, where one counts as
 * one more that was not; in doubt by one of as many. Where Sundays have no profile of their own it is any day.
 */
export function holidayProfiles({ grid, clock, levels, profiles, kinds }: HolidayInput): HolidayProfiles {
  const base = profiles[kinds.of(sunday)] as Float64Array;
  const isWorkingDay = (row: number) =>
    !isWeekend(grid.firstDay + row) && clock.holidayOn(grid.firstDay + row) === undefined;
  const measured = new Map<number, Float64Array>();
  let moved = 0;
  for (let row = 0; row < grid.rows; row++) {
    if (!grid.full[row] || clock.holidayOn(grid.firstDay + row) === undefined) continue;
    const near = nearLevel(levels, row, other => grid.full[other] === true && isWorkingDay(other));
    if (near === undefined) continue;
    const own = levelOver(grid, row, base) - near;
    measured.set(
      grid.firstDay + row,
      base.map(value => value + own),
    );
    moved += own;
  }
  const shift = moved / (measured.size + 1);
  const coming = base.map(value => value + shift);
  return {
    of: day => measured.get(day) ?? coming,
    doubtOn: day => (measured.has(day) ? 0 : 1 / (measured.size + 1)),
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
