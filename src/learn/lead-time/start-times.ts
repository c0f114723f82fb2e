import { studentUpperTail } from '../../../forecasts/index.ts';

/** A time until the replicas of one scale-up were ready. */
export interface StartTime {
  readonly added: number;
  readonly seconds: number;
}

/** Knowledge of start times before any was seen: one guess, of little weight. */
export interface StartPrior {
  /** Seconds that half of the starts take at most. */
  readonly typicalSeconds: number;
  /** Scale-ups that the guess counts as. */
  readonly weight: number;
}

/** Distribution of the time of the next start: ln(seconds) follows Student's t. */
export interface StartForecast {
  readonly logMean: number;
  readonly logScale: number;
  readonly degrees: number;
}

/** Spread of ln(seconds) before any start was seen, and the scale-ups that this counts as. */
const priorSpread = 0.25;
const priorDegrees = 2;
/** Growth of ln(seconds) for each unit of ln(replicas): the slowest of more pods is slower. */
const priorGrowth = 0.1;
const growthWeight = 9;

/**
 * Forecasts the time until `added` replicas are ready: a Bayesian regression of ln(seconds) on ln(replicas), so that few
 * scale-ups give a wide forecast and many a sharp one.
 *
 * @see Gelman et al., Bayesian Data Analysis, 14.2: regression with a conjugate prior
 */
export function forecastStart(starts: readonly StartTime[], added: number, prior: StartPrior): StartForecast {
  const about = Math.log(Math.max(1, added));
  const rows = starts.map(start => ({
    x: Math.log(Math.max(1, start.added)) - about,
    y: Math.log(Math.max(1, start.seconds)),
  }));
  const sum = (of: (row: { readonly x: number; readonly y: number }) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const logTypical = Math.log(Math.max(1, prior.typicalSeconds));
  // The posterior's precision [[n, sx], [sx, sxx]] and its right-hand side.
  const n = prior.weight + rows.length;
  const sx = sum(({ x }) => x);
  const sxx = growthWeight + sum(({ x }) => x * x);
  const sy = prior.weight * logTypical + sum(({ y }) => y);
  const sxy = growthWeight * priorGrowth + sum(({ x, y }) => x * y);
  const determinant = n * sxx - sx * sx;
  const slope = Math.max(0, (n * sxy - sx * sy) / determinant);
  const logMean = (sy - slope * sx) / n;
  const squares =
    sum(({ x, y }) => (y - logMean - slope * x) ** 2) +
    prior.weight * (logTypical - logMean) ** 2 +
    growthWeight * (slope - priorGrowth) ** 2;
  const degrees = priorDegrees + rows.length;
  const variance = (priorDegrees * priorSpread ** 2 + squares) / degrees;
  return { logMean, logScale: Math.sqrt(variance * (1 + sxx / determinant)), degrees };
}

/** Probability that the next start takes longer than so many seconds. */
export function lateProbability({ logMean, logScale, degrees }: StartForecast, seconds: number): number {
  const t = (Math.log(Math.max(1e-9, seconds)) - logMean) / logScale;
  return t >= 0 ? studentUpperTail(t, degrees) : 1 - studentUpperTail(-t, degrees);
}
