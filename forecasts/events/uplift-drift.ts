import { dotProduct } from '../statistics/dot-product.ts';
import { effectiveCount } from '../statistics/effective-count.ts';
import type { EarlierShares } from './blend/earlier-shares.ts';
import { withoutAnchor } from './blend/without-anchor.ts';
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
  /** Demand of the last minutes before each past event less the level; NaN = unknown. Absent at longer leads. */
  readonly anchor?: Float64Array;
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
 * Shares of a new error that the drift may follow, in its level and in its slope from event to event, with their prior
 * probabilities: most shops have none, some grow with every sale. A slope followed fast is 0 at least: sales that grow
 * fast are forecast to go on, sales that shrink fast are not.
 */
const gains = [
  { level: 0, slope: 0, leastSlope: 0, prior: 0.6 },
  { level: 0.15, slope: 0, leastSlope: 0, prior: 0.04 },
  { level: 0.3, slope: 0, leastSlope: 0, prior: 0.032 },
  { level: 0.6, slope: 0, leastSlope: 0, prior: 0.024 },
  { level: 1, slope: 0, leastSlope: 0, prior: 0.016 },
  { level: 1.6, slope: 0, leastSlope: 0, prior: 0.008 },
  { level: 0.3, slope: 0.1, leastSlope: Number.NEGATIVE_INFINITY, prior: 0.08 },
  { level: 0.6, slope: 0.2, leastSlope: 0, prior: 0.12 },
  { level: 0.9, slope: 0.3, leastSlope: 0, prior: 0.08 },
];
/** Spread of the errors before any is known: a factor of e^±0.2; it counts as much as `usualCount` events. */
const usualSpread = 0.2;
const usualCount = 1;
/** Errors beyond this number of spreads are clipped: one odd event is no drift. */
const mostSpreads = 2.5;
/**
 * Variance that a forecast from few events adds to its error: this, divided by their number, times the usual one. The
 * first errors follow one another because each shares its few events with the next, not because sales drift.
 */
const fewEventsVariance = 6;
const fewestEvents = 0.3;
/** Weight of an event with unseen properties: 1 ÷ (1 + 3 · their number, at most 2); they explain its error. */
const newsDoubt = 3;
const mostNews = 2;

/**
 * Drift of the uplifts: the mean leave-one-out error, shrunk, and a level that follows the errors of forecasts from
 * earlier events alone, with or without a slope. How fast it follows is weighed by how well each speed would have forecast the past events.
 * @see West & Harrison (1997), Bayesian Forecasting and Dynamic Models, section 12.2: multi-process models
 */
export function upliftDrift(input: DriftInput): UpliftDrift {
  const usual = meanError(input.meanErrors, input.weights);
  const raw = errorsFromEarlier(input).map(error => error - usual);
  const tracks = gains.map(({ prior, ...gain }) => {
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

function errorsFromEarlier(input: DriftInput): Float64Array {
  const { uplifts, earlier, priorMean, anchor, recency } = input;
  const errors = uplifts.map((uplift, k) => {
    const share = dotProduct(earlier.shares[k] as Float64Array, uplifts);
    return uplift - share - (earlier.prior[k] as number) * priorMean;
  });
  return anchor === undefined ? errors : withoutAnchor(errors, { earlier, recency, anchor });
}

/** A level, and its slope, that follow the errors. */
interface Track {
  readonly level: number;
  readonly errors: Float64Array;
  /** Logarithm of the likelihood of the errors, without constants. */
  readonly score: number;
}

/** What one track follows an error with. */
type Gain = Pick<(typeof gains)[number], 'level' | 'slope' | 'leastSlope'>;

function follow(raw: Float64Array, gain: Gain, { alike, news }: DriftInput): Track {
  const errors = new Float64Array(raw.length);
  let [level, slope, known] = [0, 0, 0];
  let squares = usualCount * usualSpread ** 2;
  let count = usualCount;
  for (let k = 1; k < raw.length; k++) {
    known += alike[k - 1] as number;
    const few = 1 + fewEventsVariance / Math.max(fewestEvents, known);
    const error = (raw[k] as number) - level - slope;
    const limit = mostSpreads * Math.sqrt((few * squares) / count);
    const clipped = Math.max(-limit, Math.min(limit, error));
    const weight = (alike[k] as number) / (1 + newsDoubt * Math.min(mostNews, countOf(news[k])));
    errors[k] = error;
    squares += (weight * clipped ** 2) / few;
    count += weight;
    level += slope + Math.min(1, (gain.level * weight) / few) * clipped;
    slope = Math.max(gain.leastSlope, slope + ((gain.slope * weight) / few) * clipped);
  }
  return { level: level + slope, errors, score: -(count / 2) * Math.log(squares / count) };
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
