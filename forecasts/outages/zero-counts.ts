import { utcClock } from '../clock/local-clock.ts';
import { type DayBins, dayBins } from '../series/day-bins.ts';
import type { Samples } from '../series/samples.ts';
import { weekdayOf } from '../series/weekday.ts';

/** Number of measured steps, and of zeros among them. */
export interface ZeroCount {
  readonly measured: number;
  readonly zeros: number;
}

/** Measured steps and zeros by time of the week. */
export interface ZeroCounts extends DayBins {
  /** Count over all times. */
  readonly total: ZeroCount;
  /** Count in a bin of the week, see {@link weekBinOf}. */
  at(weekBin: number): ZeroCount;
}

const dayMs = 86_400_000;
const weekDays = 7;

/** Counts measured steps and zeros by time of the week; NaN is not measured. */
export function countZeros({ start, stepMs, values, clock = utcClock }: Samples): ZeroCounts {
  const cut = dayBins(stepMs);
  const measured = new Float64Array(weekDays * cut.bins);
  const zeros = new Float64Array(weekDays * cut.bins);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const time = start + i * stepMs;
    const bin = weekBinOf(cut, time + clock.offsetAt(time));
    measured[bin] = (measured[bin] as number) + 1;
    if (values[i] === 0) zeros[bin] = (zeros[bin] as number) + 1;
  }
  const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
  return {
    ...cut,
    total: { measured: sum(measured), zeros: sum(zeros) },
    at: bin => ({ measured: measured[bin] as number, zeros: zeros[bin] as number }),
  };
}

/** The counts without those of `run`, a stretch of the counted samples with only zeros and gaps. */
export function withoutRun(counts: ZeroCounts, { start, stepMs, values, clock = utcClock }: Samples): ZeroCounts {
  const own = new Map<number, number>();
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    const time = start + i * stepMs;
    const bin = weekBinOf(counts, time + clock.offsetAt(time));
    own.set(bin, (own.get(bin) ?? 0) + 1);
    zeros++;
  }
  const less = (count: ZeroCount, by: number) => ({ measured: count.measured - by, zeros: count.zeros - by });
  return { ...counts, total: less(counts.total, zeros), at: bin => less(counts.at(bin), own.get(bin) ?? 0) };
}

/** Index of the bin of the week, counted from Thursday 00:00, for a local time in epoch ms. */
export function weekBinOf({ bins, binMs }: DayBins, time: number): number {
  const day = Math.floor(time / dayMs);
  return weekdayOf(day) * bins + Math.floor((time - day * dayMs) / binMs);
}
