import type { Samples } from './samples.ts';

/** Samples from index `first` to before index `end`. */
export interface Run {
  readonly first: number;
  readonly end: number;
  readonly zeros: number;
}

const dayMs = 86_400_000;
const weekDays = 7;
const finestBinMs = 300_000;
/** Fewer zeros in a row are left to those who clean outliers. */
const leastZeros = 3;
const leastDays = 2;
/** Where so many of the other days are zero at this time, zero is what there is. */
const ordinaryShare = 0.1;
/** So many runs like it may be expected by chance in the whole history. */
const chance = 0.01;
/** What has been zero for longer is not coming back soon. */
const longestMs = 7 * dayMs;

/**
 * Tells outages from zero traffic: a run of zeros (and gaps between them) is an outage when demand on other days, at least
 * two, is hardly ever zero at that time of day, nor on that day of the week, and so long a run of chance zeros is not to be
 * expected. Nights and closed Sundays that are truly zero stay zeros. `known` is where other days are looked up.
 */
export function outageRuns(samples: Samples, known: Samples = samples): readonly Run[] {
  const runs = zeroRuns(samples);
  if (runs.length === 0) return runs;
  const counts = countZeros(known);
  return runs.filter(run => isOutage(run, samples, counts, samples === known));
}

/** The samples with NaN where an outage was, by what `known` shows of other days. */
export function withoutOutages(samples: Samples, known: Samples = samples): Samples {
  const runs = outageRuns(samples, known);
  if (runs.length === 0) return samples;
  const values = samples.values.slice();
  for (const { first, end } of runs) values.fill(Number.NaN, first, end);
  return { ...samples, values };
}

function zeroRuns({ values, stepMs }: Samples): readonly Run[] {
  const runs: Run[] = [];
  for (let first = 0; first < values.length; first++) {
    if (values[first] !== 0) continue;
    let end = first;
    let zeros = 0;
    for (let i = first; i < values.length && (values[i] === 0 || Number.isNaN(values[i])); i++) {
      if (values[i] !== 0) continue;
      zeros++;
      end = i + 1;
    }
    if (zeros >= leastZeros && (end - first) * stepMs <= longestMs) runs.push({ first, end, zeros });
    first = end;
  }
  return runs;
}

/** How often each time of the week was measured, and was zero. */
interface ZeroBins {
  readonly binMs: number;
  readonly binsPerDay: number;
  readonly measured: Float64Array;
  readonly zeros: Float64Array;
}

interface ZeroCounts extends ZeroBins {
  readonly steps: number;
  /** The share (0–1) of zeros at any time, without a run of so many zeros. */
  readonly shareWithout: (zeros: number) => number;
}

function countZeros({ start, stepMs, values }: Samples): ZeroCounts {
  const binMs = Math.min(dayMs, Math.max(finestBinMs, stepMs));
  const binsPerDay = Math.ceil(dayMs / binMs);
  const counts = {
    binMs,
    binsPerDay,
    measured: new Float64Array(weekDays * binsPerDay),
    zeros: new Float64Array(weekDays * binsPerDay),
  };
  let measured = 0;
  let zeros = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    addTo(counts, start + i * stepMs, value, 1);
    if (!Number.isNaN(value)) measured++;
    if (value === 0) zeros++;
  }
  return { ...counts, steps: values.length, shareWithout: own => (zeros - own + 1) / (measured - own + 2) };
}

function addTo(counts: ZeroBins, time: number, value: number, by: number): void {
  if (Number.isNaN(value)) return;
  const bin = binOf(counts, time);
  counts.measured[bin] = (counts.measured[bin] as number) + by;
  if (value === 0) counts.zeros[bin] = (counts.zeros[bin] as number) + by;
}

function binOf({ binMs, binsPerDay }: ZeroBins, time: number): number {
  const day = Math.floor(time / dayMs);
  const weekday = ((day % weekDays) + weekDays) % weekDays;
  return weekday * binsPerDay + Math.floor((time - day * dayMs) / binMs);
}

function isOutage({ first, end, zeros }: Run, samples: Samples, counts: ZeroCounts, own: boolean): boolean {
  const { start, stepMs, values } = samples;
  const each = (by: number) => {
    for (let i = first; i < end; i++) addTo(counts, start + i * stepMs, values[i] as number, by);
  };
  if (own) each(-1);
  const daily = { measured: 0, zeros: 0 };
  const weekly = { measured: 0, zeros: 0 };
  for (let i = first; i < end; i++) {
    const bin = binOf(counts, start + i * stepMs);
    weekly.measured += counts.measured[bin] as number;
    weekly.zeros += counts.zeros[bin] as number;
    for (let b = bin % counts.binsPerDay; b < counts.measured.length; b += counts.binsPerDay) {
      daily.measured += counts.measured[b] as number;
      daily.zeros += counts.zeros[b] as number;
    }
  }
  if (own) each(1);
  const perDay = (end - first) * Math.max(1, counts.binMs / stepMs);
  if (daily.measured < leastDays * perDay) return false;
  if (daily.zeros > ordinaryShare * daily.measured || weekly.zeros > ordinaryShare * weekly.measured) return false;
  const atThisTime = (daily.zeros + 1) / (daily.measured + 2);
  const atAnyTime = counts.shareWithout(own ? zeros : 0);
  return counts.steps * Math.min(atThisTime, atAnyTime) ** zeros < chance;
}
