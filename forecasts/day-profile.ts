import { medianOf } from './median.ts';
import { type ProfileGrid, readAlong, readProfile } from './read-profile.ts';
import type { Samples } from './samples.ts';

/** What a minute of the day is worth on the model's scale, by kind of day; the level of the day is taken out. */
export interface DayProfile {
  /** Additive, on the scale of the samples it was fitted on; 0 on average over a working day. */
  at(time: number): number;
  /** The same for `count` steps of `stepMs` from `start` on. */
  along(start: number, stepMs: number, count: number): Float64Array;
  /** Days with enough unmasked samples to count. */
  readonly days: number;
  /** `none`: too short or a step too long for a profile; `weekend`: working days and week-ends apart; `weekday`: seven kinds. */
  readonly kinds: 'none' | 'day' | 'weekend' | 'weekday';
}

const dayMs = 86_400_000;
const finestBinMs = 300_000;
/** More change nothing that can be measured. */
const rounds = 3;
const smoothingMs = 600_000;
/** Smoothing changes a bin by more than so many robust deviations only at an edge. */
const edgeSpreads = 5;

/**
 * Two-way fit by alternating medians: value(day, minute) = level of the day + profile of the minute. Medians forgive
 * outliers, and a level a day lets traffic grow tenfold without bending the profile.
 *
 * `scaled` are samples on the model's scale; NaN (gaps, masked events) are left out.
 */
export function fitDayProfile(scaled: Samples): DayProfile {
  const grid = binByDay(scaled);
  const kinds = kindsOf(grid);
  if (kinds === 'none')
    return { at: () => 0, along: (_start, _stepMs, count) => new Float64Array(count), days: grid.days, kinds };
  const kindOf = kindOfDay(kinds);
  const profiles = alternateMedians(grid, kindOf, kinds === 'weekday' ? 7 : kinds === 'weekend' ? 2 : 1);
  const profileOf = (day: number) => profiles[kindOf(day)] as Float64Array;
  return {
    days: grid.days,
    kinds,
    at: time => {
      const day = Math.floor(time / dayMs);
      return readProfile(grid, profileOf(day), time - day * dayMs);
    },
    along: (start, stepMs, count) => readAlong(grid, profileOf, { start, stepMs, count }),
  };
}

interface Grid extends ProfileGrid {
  readonly firstDay: number;
  readonly rows: number;
  /** rows × bins, NaN where nothing was measured. */
  readonly values: Float64Array;
  /** By row: is there enough of it to count as a day? */
  readonly full: readonly boolean[];
  readonly days: number;
}

function binByDay(scaled: Samples): Grid {
  const { start, stepMs, values } = scaled;
  const binMs = Math.min(dayMs, Math.max(finestBinMs, stepMs));
  const bins = Math.ceil(dayMs / binMs);
  const firstDay = Math.floor(start / dayMs);
  const rows = values.length === 0 ? 0 : Math.floor((start + (values.length - 1) * stepMs) / dayMs) - firstDay + 1;
  const sums = new Float64Array(rows * bins);
  const counts = new Int32Array(rows * bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const time = start + i * stepMs;
    const day = Math.floor(time / dayMs);
    const cell = (day - firstDay) * bins + Math.floor((time - day * dayMs) / binMs);
    sums[cell] = (sums[cell] as number) + value;
    counts[cell] = (counts[cell] as number) + 1;
  }
  const full: boolean[] = [];
  for (let row = 0; row < rows; row++) {
    let filled = 0;
    for (let bin = 0; bin < bins; bin++) if (counts[row * bins + bin]) filled++;
    full.push(filled >= 0.5 * bins);
  }
  for (let cell = 0; cell < sums.length; cell++)
    sums[cell] = counts[cell] ? (sums[cell] as number) / (counts[cell] as number) : Number.NaN;
  const halfStep = stepMs < binMs ? stepMs / 2 / binMs : 0.5;
  return { firstDay, rows, bins, binMs, halfStep, values: sums, full, days: full.filter(Boolean).length };
}

/**
 * Working days and week-ends are told apart once there are two week-ends' worth of days to see; a step of a day or
 * more knows only weekdays, and those from two weeks on.
 */
function kindsOf(grid: Grid): DayProfile['kinds'] {
  if (grid.bins === 1) return grid.days >= 14 ? 'weekday' : 'none';
  if (grid.days < 2) return 'none';
  let weekendDays = 0;
  grid.full.forEach((full, row) => {
    if (full && isWeekend(grid.firstDay + row)) weekendDays++;
  });
  return weekendDays >= 2 && grid.days - weekendDays >= 3 ? 'weekend' : 'day';
}

function kindOfDay(kinds: DayProfile['kinds']): (day: number) => number {
  if (kinds === 'weekday') return weekdayOf;
  if (kinds === 'weekend') return day => (isWeekend(day) ? 1 : 0);
  return () => 0;
}

/** 0 = Thursday, the weekday of 1 January 1970. */
function weekdayOf(day: number): number {
  return ((day % 7) + 7) % 7;
}

function isWeekend(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday === 2 || weekday === 3;
}

function alternateMedians(grid: Grid, kindOf: (day: number) => number, kinds: number): Float64Array[] {
  const { rows, bins, firstDay, full } = grid;
  const rowKinds = Array.from({ length: rows }, (_, row) => kindOf(firstDay + row));
  const profiles = Array.from({ length: kinds }, () => new Float64Array(bins));
  const levels = new Float64Array(rows);
  const scratch = new Float64Array(Math.max(rows, bins));
  for (let round = 0; round < (bins === 1 ? 1 : rounds); round++) {
    fitLevels(grid, profiles, rowKinds, levels, scratch);
    if (bins === 1) levels.fill(medianAcross(levels, rows, scratch));
    for (let kind = 0; kind < kinds; kind++)
      fitProfile(
        grid,
        profiles[kind] as Float64Array,
        row => full[row] === true && rowKinds[row] === kind,
        levels,
        scratch,
      );
  }
  const smoothed = profiles.map(profile => smoothCircle(profile, Math.round(smoothingMs / grid.binMs)));
  if (kinds === 2) addWeekendShift(smoothed, grid, levels, scratch);
  return smoothed;
}

function fitLevels(
  grid: Grid,
  profiles: readonly Float64Array[],
  rowKinds: readonly number[],
  levels: Float64Array,
  scratch: Float64Array,
): void {
  const { rows, bins, values } = grid;
  for (let row = 0; row < rows; row++) {
    const profile = profiles[rowKinds[row] as number] as Float64Array;
    let count = 0;
    for (let bin = 0; bin < bins; bin++) {
      const value = values[row * bins + bin] as number;
      if (!Number.isNaN(value)) scratch[count++] = value - (profile[bin] as number);
    }
    levels[row] = medianOf(scratch, count);
  }
}

function fitProfile(
  grid: Grid,
  profile: Float64Array,
  belongs: (row: number) => boolean,
  levels: Float64Array,
  scratch: Float64Array,
): void {
  const { rows, bins, values } = grid;
  const chosen: number[] = [];
  for (let row = 0; row < rows; row++) if (belongs(row)) chosen.push(row);
  for (let bin = 0; bin < bins; bin++) {
    let count = 0;
    for (const row of chosen) {
      const value = values[row * bins + bin] as number;
      if (!Number.isNaN(value)) scratch[count++] = value - (levels[row] as number);
    }
    profile[bin] = medianOf(scratch, count);
  }
  fillCircle(profile);
}

/** NaN become the line between their neighbours around the clock; all NaN become 0. */
function fillCircle(profile: Float64Array): void {
  const bins = profile.length;
  const known: number[] = [];
  for (let bin = 0; bin < bins; bin++) if (!Number.isNaN(profile[bin])) known.push(bin);
  if (known.length === 0) {
    profile.fill(0);
    return;
  }
  known.forEach((from, index) => {
    const to = known[(index + 1) % known.length] as number;
    const gap = (to - from + bins) % bins || bins;
    const a = profile[from] as number;
    const b = profile[to] as number;
    for (let k = 1; k < gap; k++) profile[(from + k) % bins] = a + ((b - a) * k) / gap;
  });
}

function smoothCircle(profile: Float64Array, reach: number): Float64Array {
  const bins = profile.length;
  if (reach < 1 || bins < 4 * reach) return profile;
  const smoothed = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) sum += profile[(bin + k + bins) % bins] as number;
    smoothed[bin] = sum / (2 * reach + 1);
  }
  return keepEdges(profile, smoothed);
}

/** Where smoothing changes far more than it usually does there is an edge, of a job of every day say: that stays sharp. */
function keepEdges(profile: Float64Array, smoothed: Float64Array): Float64Array {
  const changes = profile.map((value, bin) => Math.abs(value - (smoothed[bin] as number)));
  const most = edgeSpreads * 1.4826 * medianOf(changes.slice(), changes.length);
  return smoothed.map((value, bin) => ((changes[bin] as number) > most ? (profile[bin] as number) : value));
}

/** The week-end's profile also carries how much its level differs from the working days within four days of it. */
function addWeekendShift(
  profiles: readonly Float64Array[],
  grid: Grid,
  levels: Float64Array,
  scratch: Float64Array,
): void {
  let count = 0;
  for (let row = 0; row < grid.rows; row++) {
    if (!grid.full[row] || !isWeekend(grid.firstDay + row)) continue;
    let sum = 0;
    let near = 0;
    for (let other = Math.max(0, row - 4); other <= Math.min(grid.rows - 1, row + 4); other++) {
      if (!grid.full[other] || isWeekend(grid.firstDay + other)) continue;
      sum += levels[other] as number;
      near++;
    }
    if (near > 0) scratch[count++] = (levels[row] as number) - sum / near;
  }
  const shift = medianOf(scratch, count);
  const weekend = profiles[1];
  if (weekend && count > 0)
    for (let bin = 0; bin < weekend.length; bin++) weekend[bin] = (weekend[bin] as number) + shift;
}

function medianAcross(values: Float64Array, count: number, scratch: Float64Array): number {
  let known = 0;
  for (let i = 0; i < count; i++) if (!Number.isNaN(values[i])) scratch[known++] = values[i] as number;
  return known === 0 ? 0 : medianOf(scratch, known);
}
