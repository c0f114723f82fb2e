import { utcClock } from '../clock/local-clock.ts';
import type { Samples } from '../series/samples.ts';
import { countZeros, weekBinOf, withoutRun, type ZeroCount, type ZeroCounts } from './zero-counts.ts';
import { type ZeroRun, zeroRuns } from './zero-runs.ts';

const weekDays = 7;
const leastDays = 2;
/** Share (0–1) of zeros on other days at the same time above which zeros are ordinary. */
const ordinaryShare = 0.1;
/** Expected number of such runs by chance in the whole history, below which a run is an outage. */
const chance = 0.01;

/**
 * Distinguishes outages from zero demand. A run of zeros (and gaps between them) is an outage when demand on at least
 * two other days is hardly ever zero at that time of day and at that time of the week, and a run of this length is
 * unlikely by chance. True zeros of nights and closed Sundays remain.
 *
 * `known` holds the other days. @default known = samples
 */
export function outageRuns(samples: Samples, known: Samples = samples): readonly ZeroRun[] {
  const runs = zeroRuns(samples);
  if (runs.length === 0) return runs;
  const { start, stepMs, values, ...clock } = samples;
  const counts = countZeros(known);
  return runs.filter(({ first, end, zeros }) => {
    const run = { ...clock, start: start + first * stepMs, stepMs, values: values.subarray(first, end) };
    const others = samples === known ? withoutRun(counts, run) : counts;
    const { daily, weekly } = countAround(run, others);
    if (daily.measured < leastDays * run.values.length * Math.max(1, counts.binMs / stepMs)) return false;
    if (isOrdinary(daily) || isOrdinary(weekly)) return false;
    return known.values.length * Math.min(zeroShare(daily), zeroShare(others.total)) ** zeros < chance;
  });
}

/** Counts zeros on other days at the run's times of day and at its times of the week. */
function countAround(
  { start, stepMs, values, clock = utcClock }: Samples,
  others: ZeroCounts,
): Record<'daily' | 'weekly', ZeroCount> {
  let daily: ZeroCount = { measured: 0, zeros: 0 };
  let weekly = daily;
  for (let i = 0; i < values.length; i++) {
    const time = start + i * stepMs;
    const bin = weekBinOf(others, time + clock.offsetAt(time));
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

/** Estimated share of zeros by Laplace's rule of succession, strictly between 0 and 1. */
function zeroShare({ measured, zeros }: ZeroCount): number {
  return (zeros + 1) / (measured + 2);
}
