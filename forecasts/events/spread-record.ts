import type { News } from './unseen-kinds.ts';

/** Errors of past events that tell how far the next one may go beyond its forecast; in units of uplift. */
export interface SpreadRecord {
  /** Mean leave-one-out error of each past event, and its weight, 0–1. */
  readonly meanErrors: readonly number[];
  readonly weights: Float64Array;
  /** Error of each past event, forecast from the earlier ones (oldest first; 0 for the first). */
  readonly stepErrors: Float64Array;
  /** Similarity of each past event to the one to forecast, 0–1. */
  readonly alike: Float64Array;
  /** Properties of each past event that no earlier one had, and those of the event to forecast that none had. */
  readonly news: readonly News[];
  readonly unseen: News;
}

/** Variances that past errors call for, in squared units of uplift. */
export interface SpreadByRecord {
  /** Of the properties that no past event had. */
  readonly novelty: number;
  /** Beyond the leave-one-out errors: what the newest events did against their forecasts. */
  readonly surprise: number;
  /** Factor on the prior spread: below 1 where past events agree, above where they scatter. */
  readonly steadiness: number;
}

/**
 * Prior spread of an event with unseen properties: a factor of e^±0.12 on another kind of day, e^±0.3 at another
 * time, of another duration or size, e^±0.15 for another stated peak, e^±0.25 for the next word of a count, e^±0.9 for
 * any other word never seen, since many events of one kind tell nothing of another. It counts as three events.
 */
const noveltySpreads: Readonly<Record<keyof News, number>> = {
  day: 0.12,
  occasion: 0.3,
  stated: 0.15,
  counted: 0.25,
  features: 0.9,
};
const noveltyCount = 3;
/** Variance of each further unseen property, as a share of that of the first. */
const furtherShare = 0.3;
/** Share of a larger squared error that the expected one follows, and of a smaller: a first surprise counts at once. */
const upGain = 0.35;
const downGain = 0.15;
/** Largest squared error that counts: a factor of e^±2. */
const mostSquare = 4;
/** Least number of similar events that a forecast of a past event counts as made from. */
const fewestEvents = 0.3;
/** Spreads that the sales of a shop may have, and their prior probabilities. */
const spreads = [
  { spread: 0.1, prior: 0.1 },
  { spread: 0.2, prior: 0.2 },
  { spread: 0.43, prior: 0.55 },
  { spread: 0.7, prior: 0.15 },
];
/** Share of the errors' likelihood that counts: errors from a few shared sales are not independent. */
const caution = 0.6;

/** Weighs what past events did against their forecasts, for the spread of the next one. */
export function spreadByRecord(record: SpreadRecord): SpreadByRecord {
  const usual = usualSquare(record);
  const variances = noveltyVariances(record, usual);
  return {
    novelty: noveltyOf(record.unseen, variances),
    surprise: Math.max(0, surpriseOf(record, usual, variances) - usual),
    steadiness: steadinessOf(record),
  };
}

/** Variance of a first unseen property, by what it is a property of. */
type NoveltyVariances = Readonly<Record<keyof News, number>>;

/** Variance of several unseen properties. */
function noveltyOf({ day, occasion, stated, counted, features }: News, variances: NoveltyVariances): number {
  const of = (count: number, variance: number) => (count === 0 ? 0 : variance * (1 + furtherShare * (count - 1)));
  return (
    of(day.length, variances.day) +
    of(occasion.length, variances.occasion) +
    of(stated.length, variances.stated) +
    of(counted.length, variances.counted) +
    of(features.length, variances.features)
  );
}

/** Weighted mean of the squared leave-one-out errors. */
function usualSquare({ meanErrors, weights }: SpreadRecord): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? meanErrors.reduce((sum, error, k) => sum + (weights[k] as number) * error ** 2, 0) / total : 0;
}

/** What unseen properties have cost before, with the prior of {@link noveltySpreads}. */
function noveltyVariances({ stepErrors, news }: SpreadRecord, usual: number): NoveltyVariances {
  const of = (isOf: (event: News) => boolean, spread: number) => {
    let sum = noveltyCount * spread ** 2;
    let count = noveltyCount;
    for (let k = 1; k < stepErrors.length; k++) {
      if (!isOf(news[k] as News)) continue;
      sum += Math.max(0, (stepErrors[k] as number) ** 2 - usual);
      count++;
    }
    return sum / count;
  };
  return {
    occasion: of(
      ({ occasion, counted, features }) => occasion.length > 0 && counted.length + features.length === 0,
      noveltySpreads.occasion,
    ),
    counted: of(({ counted, features }) => counted.length > 0 && features.length === 0, noveltySpreads.counted),
    day: noveltySpreads.day ** 2,
    stated: noveltySpreads.stated ** 2,
    features: of(({ features }) => features.length > 0, noveltySpreads.features),
  };
}

/** Squared error that the newest similar events lead to expect; one forecast from n events counts by n ÷ (n + 1). */
function surpriseOf({ stepErrors, alike, news }: SpreadRecord, usual: number, variances: NoveltyVariances): number {
  let expected = usual;
  let known = 0;
  for (let k = 1; k < stepErrors.length; k++) {
    known += alike[k - 1] as number;
    const beyondNews = Math.min(mostSquare, (stepErrors[k] as number) ** 2) - noveltyOf(news[k] as News, variances);
    const square = Math.max(0, beyondNews) / (1 + 1 / Math.max(fewestEvents, known));
    const gain = (square > expected ? upGain : downGain) * Math.sqrt(alike[k] as number);
    expected += gain * (square - expected);
  }
  return expected;
}

/** Root of the expected variance, given the past errors, over the one expected without any. */
function steadinessOf({ meanErrors, weights }: SpreadRecord): number {
  const most = Math.max(1e-9, ...weights);
  const scores = spreads.map(({ spread, prior }) => {
    const misfit = meanErrors.reduce(
      (sum, error, k) => sum + ((weights[k] as number) / most) * (Math.log(spread) + (error / spread) ** 2 / 2),
      0,
    );
    return Math.log(prior) - caution * misfit;
  });
  const best = Math.max(...scores);
  const chances = scores.map(score => Math.exp(score - best));
  return Math.sqrt(meanVariance(chances) / meanVariance(spreads.map(({ prior }) => prior)));
}

function meanVariance(chances: readonly number[]): number {
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return spreads.reduce((sum, { spread }, g) => sum + ((chances[g] as number) / total) * spread ** 2, 0);
}
