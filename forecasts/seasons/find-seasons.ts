import { samplesOf } from '../outages/samples-of.ts';
import { coarsen } from '../series/coarsen.ts';
import { scaleOf } from '../series/log-scale.ts';
import type { Samples } from '../series/samples.ts';
import type { Series } from '../series/series.ts';
import { autocorrelationPeak } from '../statistics/autocorrelation.ts';
import { chanceStrength, seasonStrength, withoutLevel, withoutSeason } from './season-strength.ts';

/** A period that was looked at, and what speaks for it. */
export interface Season {
  readonly name: 'day' | 'week' | 'other';
  readonly periodSeconds: number;
  /**
   * Share (0–1) of the variance that the mean profile of the period explains, level, trend and the seasons before it taken
   * out, less what chance gives it.
   */
  readonly strength: number;
  /** The strength that chance alone passes in about one of twenty such series, 0–1. */
  readonly chance: number;
  /** How many times the history holds the period. */
  readonly cycles: number;
  /** Stronger than chance, and by enough to matter. */
  readonly found: boolean;
}

const dayMs = 86_400_000;
const leastCycles = 2;
/** A season that explains less changes no forecast. */
const leastStrength = 0.1;
/** A period that was picked because it looked best must show more. */
const leastOtherStrength = 0.2;
const leastOtherCycles = 5;
/** Longer series are looked at in coarser steps, of an hour at most, and by their newest part beyond that. */
const mostSteps = 2048;
const roundStepsMs = [1, 5, 10, 15, 30, 60].map(minutes => minutes * 60_000);

/**
 * The seasons of a series, found by themselves: day and week, each with the evidence for and against it once the history
 * holds it twice, and the strongest other period where one stands out. None found: the level is all there is.
 *
 * @see Wang, Smith & Hyndman (2006), Characteristic-based clustering for time series data, Data Mining and Knowledge
 * Discovery 13: strength as the share of variance; Kelley's epsilon squared makes it fair to short histories
 */
export function findSeasons(series: Series): readonly Season[] {
  return seasonsOf(samplesOf(series, Number.MAX_SAFE_INTEGER));
}

/** `findSeasons` on samples, NaN where something must not count. */
export function seasonsOf(samples: Samples): readonly Season[] {
  const scale = scaleOf(samples.values);
  const grid = lookAt({ ...samples, values: samples.values.map(scale.to) });
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

function lookAt(samples: Samples): Samples {
  const fits = (step: number) => (samples.values.length * samples.stepMs) / step <= mostSteps;
  const steps = roundStepsMs.filter(step => step % samples.stepMs === 0);
  const { start, stepMs, values } = coarsen(samples, steps.find(fits) ?? steps.at(-1) ?? samples.stepMs);
  const first = Math.max(0, values.length - mostSteps);
  return { start: start + first * stepMs, stepMs, values: values.subarray(first) };
}
