import { type EventTraits, likeness } from '../event-features.ts';

/** Share (0–1) of a difference in the last minutes before the start that persists through the event. */
const anchorGain = 0.7;
const analogueShare = 0.5;
/** Total similarity at which the analogues get half of `analogueShare`. */
const analogueDoubt = 0.1;

/**
 * Shares of the past events in the forecast of `own` as its analogues, by similarity and recency (0–1, one per past
 * event): together up to a half. The past event `leftOut` gets none.
 */
export function analogueShares(
  own: EventTraits,
  past: readonly EventTraits[],
  recency: Float64Array,
  known: { readonly dayKinds?: number; readonly leftOut?: number } = {},
): Float64Array {
  const { dayKinds, leftOut } = known;
  const weights = recency.map((weight, k) =>
    k === leftOut ? 0 : weight * likeness(own, past[k] as EventTraits, dayKinds),
  );
  const total = sumOf(weights);
  return total > 0 ? weights.map(weight => (analogueShare * weight) / (total + analogueDoubt)) : weights;
}

/** Correction of the analogues for the last minutes before the start, `anchor` (NaN = unknown), on the model's scale. */
export function analogueOffset(shares: Float64Array, anchor: Float64Array, own: number): number {
  let offset = 0;
  for (let k = 0; k < shares.length; k++) {
    const apart = (anchor[own] as number) - (anchor[k] as number);
    if ((shares[k] as number) > 0 && !Number.isNaN(apart)) offset += (shares[k] as number) * anchorGain * apart;
  }
  return offset;
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
