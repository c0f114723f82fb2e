import { medianOf } from '../statistics/median.ts';
import type { DayGrid } from './bin-days.ts';
import type { DayKinds } from './day-kinds.ts';
import { fillCircle } from './fill-circle.ts';

/** A table of days and bins as levels per day plus profiles per kind of day. */
export interface PolishedDays {
  /** One profile per kind of day, one value per bin, no NaN. */
  readonly profiles: readonly Float64Array[];
  /** One level per row; NaN where nothing was measured. */
  readonly levels: Float64Array;
}

/** Number of rounds; further rounds have no measurable effect. */
const rounds = 3;

/**
 * Two-way fit by alternating medians: value(day, minute) = level of the day + profile of the minute. Medians are robust
 * to outliers, and one level per day keeps growth out of the profile. Where a day is a single bin, all days share one
 * level, since each level would otherwise absorb its day's whole value.
 *
 * @see Tukey (1977), Exploratory Data Analysis, median polish
 */
export function medianPolish(grid: DayGrid, kinds: DayKinds): PolishedDays {
  const isOneBin = grid.bins === 1;
  const kindOfRow = Array.from({ length: grid.rows }, (_, row) => kinds.of(grid.firstDay + row));
  const rowsByKind = Array.from({ length: kinds.count }, (_, kind) => fullRows(grid, kindOfRow, kind));
  let profiles = rowsByKind.map(() => new Float64Array(grid.bins));
  let levels = new Float64Array(grid.rows);
  for (let round = 0; round < (isOneBin ? 1 : rounds); round++) {
    const profileOf = (row: number) => profiles[kindOfRow[row] as number] as Float64Array;
    levels = rowLevels(grid, profileOf);
    if (isOneBin) levels.fill(medianKnown(levels));
    profiles = rowsByKind.map(rows => profileOver(grid, rows, levels));
  }
  return { profiles, levels };
}

function fullRows({ full }: DayGrid, kindOfRow: readonly number[], kind: number): readonly number[] {
  return [...full.keys()].filter(row => full[row] === true && kindOfRow[row] === kind);
}

/** Median of the values less the profile, one per row. */
function rowLevels(
  { rows, bins, values }: DayGrid,
  profileOf: (row: number) => Float64Array,
): Float64Array<ArrayBuffer> {
  const levels = new Float64Array(rows);
  const scratch = new Float64Array(bins);
  for (let row = 0; row < rows; row++) {
    const profile = profileOf(row);
    let count = 0;
    for (let bin = 0; bin < bins; bin++) {
      const value = values[row * bins + bin] as number;
      if (!Number.isNaN(value)) scratch[count++] = value - (profile[bin] as number);
    }
    levels[row] = medianOf(scratch, count);
  }
  return levels;
}

/** Median of the values less the rows' levels, one per bin; gaps are filled. */
function profileOver(
  { bins, values }: DayGrid,
  rows: readonly number[],
  levels: Float64Array,
): Float64Array<ArrayBuffer> {
  const profile = new Float64Array(bins);
  const scratch = new Float64Array(rows.length);
  for (let bin = 0; bin < bins; bin++) {
    let count = 0;
    for (const row of rows) {
      const value = values[row * bins + bin] as number;
      if (!Number.isNaN(value)) scratch[count++] = value - (levels[row] as number);
    }
    profile[bin] = medianOf(scratch, count);
  }
  return fillCircle(profile);
}

/** Median of the values that are not NaN; 0 where all are. */
function medianKnown(values: Float64Array): number {
  const known = values.filter(value => !Number.isNaN(value));
  return known.length === 0 ? 0 : medianOf(known, known.length);
}
