import type { EventTraits } from '../event-features.ts';

/** Evidence without events of both kinds. */
const unknown = 0.3;
/** Squared t at which the evidence is a half. */
const halfSquare = 6;
/** Spread of similar events before any is known, as a number of them. */
const priorSpread = 0.3;
const priorCount = 2;

/**
 * Evidence (0–1) that events on weekends rise otherwise than on working days: from a t-test of their mean `uplifts` (in
 * uplift units, one per event), so that a few events which happen to lie on weekends are not taken for a season.
 */
export function dayKindEvidence(uplifts: Float64Array, traits: readonly EventTraits[], recency: Float64Array): number {
  const kinds = [true, false].map(weekend => {
    let [weight, sum, square] = [0, 0, 0];
    traits.forEach((t, k) => {
      if (t.weekend !== weekend) return;
      const w = recency[k] as number;
      weight += w;
      sum += w * (uplifts[k] as number);
      square += w * (uplifts[k] as number) ** 2;
    });
    return { weight, mean: sum / weight, squares: square - sum ** 2 / weight };
  });
  const [one, other] = kinds;
  if (one === undefined || other === undefined || !(one.weight > 0 && other.weight > 0)) return unknown;
  const count = one.weight + other.weight;
  const variance = (priorCount * priorSpread ** 2 + one.squares + other.squares) / (priorCount + count - 1);
  const t = (one.mean - other.mean) ** 2 / (variance * (1 / one.weight + 1 / other.weight));
  return t ** 2 / (t ** 2 + halfSquare ** 2);
}
