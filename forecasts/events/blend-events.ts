import { solveSymmetric } from '../statistics/cholesky.ts';
import { type EventTraits, featureColumns, likeness } from './event-features.ts';

/**
 * How the uplift of an event is put together: Σ shares[k] · uplift of past event k + prior · prior shape + constant. A
 * linear smoother, so who taught what can be told, and errors made without an event cost no refit.
 */
export interface Blend {
  /** One a past event; mostly 0–1, together with the prior about 1. */
  readonly shares: Float64Array;
  /** On the model's scale: the peak of what the prior adds. */
  readonly prior: number;
  readonly constant: number;
}

/** One value an event, past ones first, the asked one last. */
export interface BlendInput {
  readonly traits: readonly EventTraits[];
  /** 0–1, past events only: newer ones count more. */
  readonly recency: Float64Array;
  /** Stated peak over the typical one, on the model's scale; NaN = not stated. */
  readonly stated: Float64Array;
  /** What the last minutes before the origin showed over the level; NaN = unknown, or too early to tell. */
  readonly anchor: Float64Array;
  /** The typical peak on the model's scale, where nothing is known. */
  readonly typicalPeak: number;
}

/** Prior precisions: how many events' worth of evidence each prior stands for. */
const interceptPrecision = 0.3;
const statedPrecision = 1;
const featurePrecision = 2;
const anchorPrecision = 0.5;
/** A statement is believed to this share of its logarithm: conditions err too, and in one direction. */
const statementTrust = 0.6;
/** How much of what the last minutes before the start differ stays through the event. */
const anchorGain = 0.7;
const analogueShare = 0.5;
/** Below so much likeness in sum, analogues count for less than their share. */
const analogueDoubt = 0.1;

/** The blend of every event, a past one's made without itself; the asked one's is the last. */
export function blendEvents(input: BlendInput): readonly Blend[] {
  const design = designOf(input);
  return input.traits.map((_, i) => blendOne(input, design, i));
}

interface Regressor {
  /** One value an event, the asked one last. */
  readonly values: Float64Array;
  readonly precision: number;
  /** The coefficient expected beforehand, as a multiple of the prior shape. */
  readonly prior: number;
  readonly adjusts?: boolean;
}

function designOf({ traits, stated, anchor, typicalPeak }: BlendInput): readonly Regressor[] {
  const asked = traits.length - 1;
  const design: Regressor[] = [
    { values: new Float64Array(traits.length).fill(1), precision: interceptPrecision, prior: typicalPeak },
  ];
  if (!Number.isNaN(stated[asked]))
    design.push({
      values: stated.map(value => (Number.isNaN(value) ? 0 : value)),
      precision: statedPrecision,
      prior: statementTrust,
      adjusts: true,
    });
  for (const { values } of featureColumns(traits)) design.push({ values, precision: featurePrecision, prior: 0 });
  if (!Number.isNaN(anchor[asked])) {
    const known = anchor.filter((value, i) => i < asked && !Number.isNaN(value));
    const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
    const values = anchor.map(value => (Number.isNaN(value) ? 0 : value - mean));
    design.push({ values, precision: anchorPrecision, prior: 0 });
  }
  return design;
}

/**
 * Ridge with a prior mean, (X'DX + Λ)⁻¹ (X'DZ + Λ M₀) read at the regressors `at`: one formula for none to many past
 * events. Event i is left out.
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

/** Half of the blend is the mean of what was alike, moved by how differently it was announced and the last minutes look. */
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
  // bias-corrected matching: what the regressors say of the difference between an event and its analogues
  for (let a = 0; a < design.length; a++) {
    const { values, adjusts } = design[a] as Regressor;
    let alike = 0;
    if (adjusts)
      for (let k = 0; k < recency.length; k++) alike += ((weights[k] as number) / total) * (values[k] as number);
    at[a] = (1 - share) * (at[a] as number) + (adjusts ? share * ((at[a] as number) - alike) : 0);
  }
  const ridge = ridgeBlend(recency, design, i, at);
  let constant = 0;
  weights.forEach((weight, k) => {
    const apart = (anchor[i] as number) - (anchor[k] as number);
    if (weight > 0 && !Number.isNaN(apart)) constant += ((share * weight) / total) * anchorGain * apart;
  });
  const shares = ridge.shares.map((value, k) => value + (share * (weights[k] as number)) / total);
  return { shares, prior: ridge.prior, constant };
}
