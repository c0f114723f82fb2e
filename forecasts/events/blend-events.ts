import { solveSymmetric } from '../statistics/cholesky.ts';
import { type EventTraits, featureColumns, likeness } from './event-features.ts';

/**
 * The uplift of an event as a linear blend: Σ shares[k] · uplift of past event k + prior · prior shape + constant. A
 * linear smoother: each past event has a known share, and leave-one-out errors need no refit.
 */
export interface Blend {
  /** One coefficient per past event, mostly 0–1; together with the prior about 1. */
  readonly shares: Float64Array;
  /** Peak of the prior's part, on the model's scale. */
  readonly prior: number;
  /** Offset from the last minutes before the start, on the model's scale. */
  readonly constant: number;
}

/** One value per event: past events first, the event to forecast last. */
export interface BlendInput {
  readonly traits: readonly EventTraits[];
  /** Weight by age, 0–1, one per past event; newer events count more. */
  readonly recency: Float64Array;
  /** Demand of the last minutes before the origin less the level, on the model's scale; NaN = unknown or too early. */
  readonly anchor: Float64Array;
  /** Peak of an event without any information, on the model's scale. */
  readonly typicalPeak: number;
}

/** Prior precisions: each prior counts as much as this number of events. */
const interceptPrecision = 0.3;
const featurePrecision = 2;
const anchorPrecision = 0.5;
/** Share (0–1) of a difference in the last minutes before the start that persists through the event. */
const anchorGain = 0.7;
const analogueShare = 0.5;
/** Total similarity at which the analogues get half of `analogueShare`. */
const analogueDoubt = 0.1;

/** One blend per event: past events leave themselves out; the last blend is that of the event to forecast. */
export function blendEvents(input: BlendInput): readonly Blend[] {
  const design = designOf(input);
  return input.traits.map((_, i) => blendOne(input, design, i));
}

/** One column of the regression. */
interface Regressor {
  /** One value per event, that of the event to forecast last. */
  readonly values: Float64Array;
  readonly precision: number;
  /** Prior mean of the coefficient, as a multiple of the prior shape. */
  readonly prior: number;
}

function designOf({ traits, anchor, typicalPeak }: BlendInput): readonly Regressor[] {
  const upcoming = traits.length - 1;
  const design: Regressor[] = [
    { values: new Float64Array(traits.length).fill(1), precision: interceptPrecision, prior: typicalPeak },
  ];
  for (const { values } of featureColumns(traits)) design.push({ values, precision: featurePrecision, prior: 0 });
  if (!Number.isNaN(anchor[upcoming])) {
    const known = anchor.filter((value, i) => i < upcoming && !Number.isNaN(value));
    const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
    const values = anchor.map(value => (Number.isNaN(value) ? 0 : value - mean));
    design.push({ values, precision: anchorPrecision, prior: 0 });
  }
  return design;
}

/**
 * Ridge regression with a prior mean, (X'DX + Λ)⁻¹ (X'DZ + Λ M₀), evaluated at the regressors `at`; works for any
 * number of past events, including none. Event i is left out.
 * @see Hoerl & Kennard (1970), Ridge Regression, Technometrics 12(1); a prior mean makes it Bayesian linear regression
 */
function ridgeBlend(recency: Float64Array, design: readonly Regressor[], i: number, at: Float64Array): Blend {
  const p = design.length;
  const gram = new Float64Array(p * p);
  design.forEach((left, a) => {
    design.slice(0, a + 1).forEach((right, b) => {
      let sum = a === b ? left.precision : 0;
      for (let k = 0; k < recency.length; k++)
        if (k !== i) sum += (recency[k] as number) * (left.values[k] as number) * (right.values[k] as number);
      gram[a * p + b] = sum;
    });
  });
  const pull = at.slice();
  solveSymmetric(gram, p, [pull]);
  const shares = recency.map((weight, k) => {
    if (k === i) return 0;
    return weight * design.reduce((sum, { values }, a) => sum + (pull[a] as number) * (values[k] as number), 0);
  });
  const prior = design.reduce((sum, { precision, prior: mean }, a) => sum + (pull[a] as number) * precision * mean, 0);
  return { shares, prior, constant: 0 };
}

/**
 * Blend of event i: up to half is the mean of its analogues, corrected for the last minutes; the rest is the ridge.
 */
function blendOne(input: BlendInput, design: readonly Regressor[], i: number): Blend {
  const { traits, recency, anchor } = input;
  const own = traits[i] as EventTraits;
  const weights = recency.map((weight, k) => (k === i ? 0 : weight * likeness(own, traits[k] as EventTraits)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const at = new Float64Array(design.length);
  design.forEach(({ values }, a) => {
    at[a] = values[i] as number;
  });
  if (!(total > 0)) return ridgeBlend(recency, design, i, at);
  const share = (analogueShare * total) / (total + analogueDoubt);
  for (let a = 0; a < design.length; a++) at[a] = (1 - share) * (at[a] as number);
  const ridge = ridgeBlend(recency, design, i, at);
  let constant = 0;
  weights.forEach((weight, k) => {
    const apart = (anchor[i] as number) - (anchor[k] as number);
    if (weight > 0 && !Number.isNaN(apart)) constant += ((share * weight) / total) * anchorGain * apart;
  });
  const shares = ridge.shares.map((value, k) => value + (share * (weights[k] as number)) / total);
  return { shares, prior: ridge.prior, constant };
}
