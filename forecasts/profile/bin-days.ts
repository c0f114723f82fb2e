import { localDay, utcClock } from '../clock/local-clock.ts';
import { dayBins } from '../series/day-bins.ts';
import type { Samples } from '../series/samples.ts';
import type { ProfileGrid } from './read-profile.ts';

/** Samples as a table: one row per day of the samples' clock, one column per bin of the day. */
export interface DayGrid extends ProfileGrid {
  /** Day of row 0, in days since 1 January 1970. */
  readonly firstDay: number;
  readonly rows: number;
  /** Means, row-major, rows × bins; NaN where nothing was measured. */
  readonly values: Float64Array;
  /** Whether at least half of the day was measured, one value per row. */
  readonly full: readonly boolean[];
  /** Number of full rows. */
  readonly days: number;
}

const dayMs = 86_400_000;
/** Share (0–1) of a day that must be measured for it to count. */
const fullShare = 0.5;

/** Averages the samples by day and bin of the day; NaN is left out. */
export function binDays({ start, stepMs, values, clock = utcClock }: Samples): DayGrid {
  const { bins, binMs } = dayBins(stepMs);
  const firstDay = localDay(clock, start);
  const lastDay = localDay(clock, start + (values.length - 1) * stepMs);
  const rows = values.length === 0 ? 0 : lastDay - firstDay + 1;
  const sums = new Float64Array(rows * bins);
  const counts = new Int32Array(rows * bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const instant = start + i * stepMs;
    const time = instant + clock.offsetAt(instant);
    const day = Math.floor(time / dayMs);
    const cell = (day - firstDay) * bins + Math.floor((time - day * dayMs) / binMs);
    sums[cell] = (sums[cell] as number) + value;
    counts[cell] = (counts[cell] as number) + 1;
  }
  for (let cell = 0; cell < sums.length; cell++)
    sums[cell] = counts[cell] ? (sums[cell] as number) / (counts[cell] as number) : Number.NaN;
  const full = Array.from({ length: rows }, (_, row) => isFull(counts.subarray(row * bins, (row + 1) * bins)));
  const halfStep = stepMs < binMs ? stepMs / 2 / binMs : 0.5;
  return { firstDay, rows, bins, binMs, halfStep, values: sums, full, days: full.filter(Boolean).length };
}

/** Whether at least half of the bins have samples. `counts`: number of samples per bin of one day. */
function isFull(counts: Int32Array): boolean {
  let filled = 0;
  for (const count of counts) if (count > 0) filled++;
  return filled >= fullShare * counts.length;
}
