import { coarsen } from '../series/coarsen.ts';
import { scaleOf } from '../series/log-scale.ts';
import { type Samples, samplesOf } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { autocorrelationPeak } from '../statistics/autocorrelation.ts';
import { chanceStrength, seasonStrength, withoutLevel, withoutSeason } from './season-strength.ts';

/** A tested period and the evidence for it. */
export interface Season {
  readonly name: 'day' | 'week' | 'other';
  readonly periodSeconds: number;
  /**
   * Share (0–1) of the variance explained by the mean profile of the period, after removing level, trend and the
   * seasons found before; corrected for chance.
   */
  readonly strength: number;
  /** Strength (0–1) that about one in twenty such series would exceed by chance. */
  readonly chance: number;
  /** Length of the history in periods. */
  readonly cycles: number;
  /** Whether the strength exceeds both chance and the least strength that matters. */
  readonly found: boolean;
}

const dayMs = 86_400_000;
const leastCycles = 2;
/** Least strength of a day or a week to be found. */
const leastStrength = 0.1;
/** Least strength of another period; higher, because it was selected as the best of many. */
const leastOtherStrength = 0.2;
const leastOtherCycles = 5;
/**
 * Number of steps to analyse at most; longer series are coarsened to at most an hour and then cut to their newest part.
 */
const mostSteps = 2048;
const roundStepsMs = [1, 5, 10, 15, 30, 60].map(minutes => minutes * 60_000);

/**
 * Finds the seasons of a series: day and week, each reported once the history is twice as long, and the strongest other
 * period, reported only when found.
 *
 * @see Wang, Smith & Hyndman (2006), Characteristic-based clustering for time series data, Data Mining and Knowledge
 * Discovery 13: strength as the share of variance; Kelley's epsilon squared corrects it for short histories
 */
export function findSeasons(series: Series): readonly Season[] {
  return seasonsOf(samplesOf(series, Number.MAX_SAFE_INTEGER));
}

/** `findSeasons` on samples; NaN is left out. */
export function seasonsOf(samples: Samples): readonly Season[] {
  const scale = scaleOf(samples.values);
  const grid = analysisGrid({ ...samples, values: samples.values.map(scale.to) });
  const seasons: Season[] = [];
  let left = grid.values;
  const consider = (name: Season['name'], period: number, least: number) => {
    const season = judge({ ...grid, values: left }, period);
    if (season === undefined) return;
    const found = season.strength > Math.max(season.chance, least);
    seasons.push({ name, ...season, found });
    if (found) left = withoutSeason(left, period);
  };
  const steps = (days: number) => Math.round((days * dayMs) / grid.stepMs);
  if (dayMs % grid.stepMs === 0 && steps(1) > 1) consider('day', steps(1), leastStrength);
  if ((7 * dayMs) % grid.stepMs === 0) consider('week', steps(7), leastStrength);
  const other = autocorrelationPeak(withoutLevel({ ...grid, values: left }, Math.ceil(left.length / leastCycles)));
  if (other !== undefined && left.length >= leastOtherCycles * other) consider('other', other, leastOtherStrength);
  return seasons.filter(({ name, found }) => found || name !== 'other');
}

function judge(grid: Samples, period: number): Omit<Season, 'name' | 'found'> | undefined {
  const cycles = grid.values.length / period;
  if (!(period > 1 && cycles >= leastCycles)) return undefined;
  const around = withoutLevel(grid, period);
  return {
    periodSeconds: (period * grid.stepMs) / 1000,
    strength: seasonStrength(around, period),
    chance: chanceStrength(around, period),
    cycles,
  };
}

function analysisGrid(samples: Samples): Samples {
  const fits = (step: number) => (samples.values.length * samples.stepMs) / step <= mostSteps;
  const steps = roundStepsMs.filter(step => step % samples.stepMs === 0);
  const { start, stepMs, values } = coarsen(samples, steps.find(fits) ?? steps.at(-1) ?? samples.stepMs);
  const first = Math.max(0, values.length - mostSteps);
  return { start: start + first * stepMs, stepMs, values: values.subarray(first) };
}
