import type { TargetAccuracy } from '../../api/amounts/target-accuracy.ts';
import { formatInstant } from '../../api/instant.ts';
import { judgedMs } from './accuracy-origins.ts';
import { type AccuracySums, addSums, type JudgedFold, judgedHours, noSums } from './judge-fold.ts';

/** Newest days by which drift is recognised. */
const recentDays = 2;
/** Days that must have been measured before anything is said. */
const fewestDays = 3;

/**
 * The accuracy over some judged days, all horizons together and one by one; undefined with fewer than three days, or
 * without any demand.
 */
export function targetAccuracy(folds: readonly JudgedFold[]): TargetAccuracy | undefined {
  const measured = folds
    .filter(({ horizons }) => horizons.some(({ steps }) => steps > 0))
    .toSorted((a, b) => a.origin - b.origin);
  const newest = measured.at(-1);
  const whole = together(measured.flatMap(({ horizons }) => horizons));
  if (newest === undefined || measured.length < fewestDays || whole.demand <= 0) return undefined;
  const recent = together(measured.slice(-recentDays).flatMap(({ horizons }) => horizons));
  const horizons = judgedHours.flatMap((hours, index) => {
    const sums = together(measured.flatMap(fold => fold.horizons[index] ?? []));
    return sums.demand > 0 ? [{ hours, ...percentagesOf(sums) }] : [];
  });
  return {
    until: formatInstant(newest.origin + judgedMs),
    days: measured.length,
    ...percentagesOf(whole),
    recentCoveragePercent: percentOf(recent.withinUpper, recent.steps),
    horizons,
  };
}

function together(sums: readonly AccuracySums[]): AccuracySums {
  return sums.reduce(addSums, noSums);
}

function percentagesOf({ steps, demand, error, absoluteError, withinMedian, withinUpper }: AccuracySums) {
  return {
    wapePercent: percentOf(absoluteError, demand),
    biasPercent: percentOf(error, demand),
    medianCoveragePercent: percentOf(withinMedian, steps),
    coveragePercent: percentOf(withinUpper, steps),
  };
}

function percentOf(part: number, whole: number): number {
  return (100 * part) / whole;
}
