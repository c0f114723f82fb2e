import type { Series } from '../../forecasts/index.ts';

/** Demand beside what is usual at its time of day. */
export interface DailyUsual {
  /** One value a bin: mean demand divided by the usual demand; null where either is unknown or too small. */
  readonly bins: readonly (number | null)[];
  readonly binMs: number;
  /** Epoch ms of the first bin. */
  readonly start: number;
}

const dayMs = 86_400_000;
const finestBinMs = 600_000;
const fewestDays = 7;
/** Usual demand below this share of the median is too small for a multiple to mean anything, as at night. */
const leastShare = 0.2;

/**
 * Divides demand by what is usual at its time of day: the median of all days, or what the same
 * weekday has in four of five weeks when that is more. In bins of a step, at least ten minutes; steps that do not divide a day give no bins.
 */
export function dailyUsual({ start, stepSeconds, values }: Series): DailyUsual {
  const stepMs = stepSeconds * 1000;
  const perBin = Math.max(1, Math.round(finestBinMs / stepMs));
  const binMs = perBin * stepMs;
  const perDay = Math.round(dayMs / binMs);
  const means = Array.from({ length: Math.ceil(values.length / perBin) }, (_, bin) =>
    meanOf(values.slice(bin * perBin, (bin + 1) * perBin)),
  );
  const days = means.length / perDay;
  if (perDay * binMs !== dayMs || days < fewestDays) return { bins: [], binMs, start };
  const least = leastShare * lowerMedian(means.flatMap(mean => mean ?? []));
  const every = (bin: number, distance: number) => {
    const first = bin % distance;
    const found = Array.from(
      { length: Math.ceil((means.length - first) / distance) },
      (_, i) => means[first + i * distance],
    );
    return found.filter(mean => mean !== null && mean !== undefined);
  };
  const usual = Array.from({ length: 7 * perDay }, (_, bin) => {
    const ofWeeks = every(bin, 7 * perDay);
    // A single week says nothing of what is usual on its day.
    return Math.max(lowerMedian(every(bin, perDay)), ofWeeks.length > 1 ? lowerQuantile(ofWeeks, 0.2) : 0);
  });
  const bins = means.map((mean, bin) => {
    const expected = Math.max(least, usual[bin % (7 * perDay)] ?? 0);
    return mean === null || !(expected > 0) ? null : mean / expected;
  });
  return { bins, binMs, start };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null && value >= 0);
  return known.length === 0 ? null : known.reduce<number>((sum, value) => sum + (value ?? 0), 0) / known.length;
}

/** The median, or the smaller of both in the middle; 0 when there are no values. */
function lowerMedian(values: readonly number[]): number {
  return lowerQuantile(values, 0.5);
}

/** The quantile of a level (0–1), rounded down to one of the values; 0 when there are none. */
function lowerQuantile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(level * (sorted.length - 1))] ?? 0;
}
