import { dotProduct } from '../statistics/dot-product.ts';
import { effectiveCount } from '../statistics/effective-count.ts';
import type { EarlierShares } from './blend/earlier-shares.ts';
import { type News, namesOf } from './unseen-kinds.ts';

/** Past events, oldest first, and what each would have been forecast from; in units of uplift. */
export interface DriftInput {
  /** Mean uplift of each past event. */
  readonly uplifts: Float64Array;
  readonly earlier: EarlierShares;
  /** Mean of the prior's curve. */
  readonly priorMean: number;
  /** Mean leave-one-out error of each past event, and its weight for the event to forecast, 0–1. */
  readonly meanErrors: readonly number[];
  readonly weights: Float64Array;
  /** Weight of each past event by its age, 0–1. */
  readonly recency: Float64Array;
  /** Similarity of each past event to the one to forecast, 0–1. */
  readonly alike: Float64Array;
  /** Properties of each past event that no earlier one had. */
  readonly news: readonly News[];
}

/** How far past events went beyond their forecasts from earlier ones. */
export interface UpliftDrift {
  /** Correction of the next forecast. */
  readonly drift: number;
  /** Error of each past event, forecast from the earlier ones and their drift; 0 for the first. */
  readonly errors: Float64Array;
}

/** Effective number of leave-one-out errors at which half of their mean is used. */
const driftDoubt = 6;
/**
 * Shares of a new error that the drift may follow, with their prior probabilities: most shops have none, some grow with
 * every sale.
 */
const gains = [
  { gain: 0, prior: 0.85 },
  { gain: 0.15, prior: 0.05 },
  { gain: 0.3, prior: 0.04 },
  { gain: 0.6, prior: 0.03 },
  { gain: 1, prior: 0.02 },
  { gain: 1.6, prior: 0.01 },
];
/** Spread of the errors before any is known: a factor of e^±0.3; it counts as much as `usualCount` events. */
const usualSpread = 0.3;
const usualCount = 4;
/** Weight of an event with unseen properties: 1 ÷ (1 + 3 · their number, at most 2); they explain its error. */
const newsDoubt = 3;
const mostNews = 2;

/**
 * Drift of the uplifts: the mean leave-one-out error, shrunk, and a level that follows the errors of forecasts from
 * earlier events alone. How fast it follows is weighed by how well each speed would have forecast the past events.
 * @see West & Harrison (1997), Bayesian Forecasting and Dynamic Models, section 12.2: multi-process models
 */
export function upliftDrift(input: DriftInput): UpliftDrift {
  const usual = meanError(input.meanErrors, input.weights);
  const raw = errorsFromEarlier(input).map(error => error - usual);
  const tracks = gains.map(({ gain, prior }) => {
    const track = follow(raw, gain, input);
    return { ...track, score: track.score + Math.log(prior) };
  });
  const best = Math.max(...tracks.map(({ score }) => score));
  const chances = tracks.map(({ score }) => Math.exp(score - best));
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  const expected = (of: (track: Track) => number) =>
    tracks.reduce((sum, track, g) => sum + ((chances[g] as number) / total) * of(track), 0);
  return {
    drift: usual + expected(({ level }) => level),
    errors: raw.map((_, k) => expected(({ errors }) => errors[k] as number)),
  };
}

function errorsFromEarlier({ uplifts, earlier, priorMean }: DriftInput): Float64Array {
  return uplifts.map((uplift, k) => {
    const share = dotProduct(earlier.shares[k] as Float64Array, uplifts);
    return uplift - share - (earlier.prior[k] as number) * priorMean;
  });
}

/** A level that follows the errors with one gain. */
interface Track {
  readonly level: number;
  readonly errors: Float64Array;
  /** Logarithm of the likelihood of the errors, without constants. */
  readonly score: number;
}

function follow(raw: Float64Array, gain: number, { recency, alike, news }: DriftInput): Track {
  const errors = new Float64Array(raw.length);
  let level = 0;
  let squares = usualCount * usualSpread ** 2;
  let count = usualCount;
  for (let k = 1; k < raw.length; k++) {
    const error = (raw[k] as number) - level;
    const weight = (alike[k] as number) / (1 + newsDoubt * Math.min(mostNews, countOf(news[k])));
    errors[k] = error;
    squares += (recency[k] as number) * weight * error ** 2;
    count += (recency[k] as number) * weight;
    level += Math.min(1, gain * weight) * error;
  }
  return { level, errors, score: -(count / 2) * Math.log(squares / count) };
}

function countOf(news: News | undefined): number {
  return news === undefined ? 0 : namesOf(news).length;
}

/** The weighted mean of the errors, shrunk towards 0. */
function meanError(errors: readonly number[], weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return 0;
  const mean = errors.reduce((sum, error, k) => sum + (weights[k] as number) * error, 0) / total;
  const count = effectiveCount(weights);
  return (mean * count) / (count + driftDoubt);
}
