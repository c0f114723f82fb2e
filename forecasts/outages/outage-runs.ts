import type { Samples } from '../series/samples.ts';
import { countZeros, weekBinOf, withoutRun, type ZeroCount, type ZeroCounts } from './zero-counts.ts';
import { type ZeroRun, zeroRuns } from './zero-runs.ts';

const weekDays = 7;
const leastDays = 2;
/** Where so many (0–1) of the other days are zero at this time, zero is what there is. */
const ordinaryShare = 0.1;
/** So many runs like it may be expected by chance in the whole history. */
const chance = 0.01;

/**
 * Tells outages from zero traffic: a run of zeros (and gaps between them) is an outage when demand on other days, at least
 * two, is hardly ever zero at that time of day, nor on that day of the week, and so long a run of chance zeros is not to be
 * expected. Nights and closed Sundays that are truly zero stay zeros.
 *
 * `known` is where other days are looked up. @default known = samples
 */
export function outageRuns(samples: Samples, known: Samples = samples): readonly ZeroRun[] {
  const runs = zeroRuns(samples);
  if (runs.length === 0) return runs;
  const { start, stepMs, values } = samples;
  const counts = countZeros(known);
  return runs.filter(({ first, end, zeros }) => {
    const run = { start: start + first * stepMs, stepMs, values: values.subarray(first, end) };
    const others = samples === known ? withoutRun(counts, run) : counts;
    const { daily, weekly } = countAround(run, others);
    if (daily.measured < leastDays * run.values.length * Math.max(1, counts.binMs / stepMs)) return false;
    if (isOrdinary(daily) || isOrdinary(weekly)) return false;
    return known.values.length * Math.min(zeroShare(daily), zeroShare(others.total)) ** zeros < chance;
  });
}

/** What others show at the run's times of the day, and at its times of the week. */
function countAround({ start, stepMs, values }: Samples, others: ZeroCounts): Record<'daily' | 'weekly', ZeroCount> {
  let daily: ZeroCount = { measured: 0, zeros: 0 };
  let weekly = daily;
  for (let i = 0; i < values.length; i++) {
    const bin = weekBinOf(others, start + i * stepMs);
    weekly = plus(weekly, others.at(bin));
    for (let day = 0; day < weekDays; day++) daily = plus(daily, others.at(day * others.bins + (bin % others.bins)));
  }
  return { daily, weekly };
}

function plus(a: ZeroCount, b: ZeroCount): ZeroCount {
  return { measured: a.measured + b.measured, zeros: a.zeros + b.zeros };
}

function isOrdinary({ measured, zeros }: ZeroCount): boolean {
  return zeros > ordinaryShare * measured;
}

/** 0–1, by Laplace's rule of succession: neither never nor always, however little was measured. */
function zeroShare({ measured, zeros }: ZeroCount): number {
  return (zeros + 1) / (measured + 2);
}
