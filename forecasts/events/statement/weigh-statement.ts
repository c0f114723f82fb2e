import { effectiveCount } from '../../statistics/effective-count.ts';

/** The peaks of past sales, as logarithms of their multiples; one value per past sale. */
export interface PeakRecord {
  /** Actual peak less the one forecast from the other sales without any statement. */
  readonly historyErrors: Float64Array;
  /** Stated peak less the actual one; NaN without a statement. */
  readonly statementErrors: Float64Array;
  /** Weight of each sale by its similarity, 0–1. */
  readonly weights: Float64Array;
  /** Weight of each sale by its age, 0–1. */
  readonly recency: Float64Array;
  /** Number of properties of the upcoming sale that no past sale had. */
  readonly unseen: number;
}

/** How far a stated peak is followed, by the accuracy of past statements and of forecasts from past sales. */
export interface StatementWeight {
  /** Share (0–1) of the statement in the peak's logarithm; 1 without past sales. */
  readonly weight: number;
  /** Mean logarithm by which past statements were too high, shrunk; 0 when none is known. */
  readonly bias: number;
  /** Variance of a statement's logarithm around the truth, after the bias. */
  readonly variance: number;
  /**
   * Mean logarithm by which past peaks exceed the forecast ones, shrunk: a mean curve is flatter than each of its
   * sales.
   */
  readonly blur: number;
}

/**
 * Variance of a statement, and of similar sales, before any is known: a factor of e^±0.3. It counts as one observation.
 */
const unknownVariance = 0.3 ** 2;
const unknownCount = 1;
/**
 * Number of past statements at which half of their mean error is corrected: it differs more between shops than between
 * sales.
 */
const biasDoubt = 0.5;
/** Additional variance of history per property that no past sale had. */
const unseenVariance = 0.15 ** 2;

/**
 * Weighs a statement against history by their precisions, the inverse variances on the log scale of the peak multiple.
 * Neither depends on the stated value, so that the forecast peak rises with the statement.
 */
export function weighStatement({ historyErrors, weights, unseen, ...record }: PeakRecord): StatementWeight {
  const statement = judgeStatements(record);
  const count = effectiveCount(weights);
  if (count === 0) return { weight: 1, blur: 0, ...statement };
  const blur = (weightedMean(historyErrors, weights) * count) / (count + 1);
  const scatter = weightedMean(
    historyErrors.map(error => (error - blur) ** 2),
    weights,
  );
  // few sales show little scatter, but their own randomness and the prior's pull are part of the forecast error
  const unknown = unknownCount * unknownVariance * (1 + 2 / count);
  const variance = (unknown + (count - 1) * scatter) / (unknownCount + count - 1) + unseen * unseenVariance;
  return { weight: variance / (variance + statement.variance), blur, ...statement };
}

function judgeStatements({ statementErrors, recency }: Pick<PeakRecord, 'statementErrors' | 'recency'>) {
  const weights = recency.map((weight, k) => (Number.isNaN(statementErrors[k]) ? 0 : weight));
  const count = effectiveCount(weights);
  if (count === 0) return { bias: 0, variance: unknownVariance };
  const bias = (weightedMean(statementErrors, weights) * count) / (count + biasDoubt);
  const seen = weightedMean(
    statementErrors.map(error => (error - bias) ** 2),
    weights,
  );
  return { bias, variance: (unknownCount * unknownVariance + count * seen) / (unknownCount + count) };
}

/** The mean of the values with a weight; the others may be NaN. */
function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let k = 0; k < values.length; k++) {
    const weight = weights[k] as number;
    if (!(weight > 0)) continue;
    sum += weight * (values[k] as number);
    total += weight;
  }
  return sum / total;
}
