import { addTimes } from '../../statistics/add-times.ts';
import { dotProduct } from '../../statistics/dot-product.ts';
import type { EventTraits } from '../event-features.ts';
import { analogueShares, sumOf } from './analogues.ts';
import { type EventRidge, invertRidge } from './event-ridge.ts';

/** The blend that each past event would have been forecast with when it was to come: shares of the earlier ones. */
export interface EarlierShares {
  /** One row per past event, oldest first: shares of the events before it. */
  readonly shares: readonly Float64Array[];
  /** Share of the prior's curve, one per past event. */
  readonly prior: Float64Array;
}

/**
 * The blends of past events (oldest first), each from those before it alone. Unlike leave-one-out errors, the errors of
 * such forecasts show where sales grow or shrink.
 * @see Dawid (1984), Statistical Theory: The Prequential Approach, JRSS A 147(2)
 */
export function earlierShares(
  traits: readonly EventTraits[],
  { rows, recency }: EventRidge,
  dayKinds: number,
): EarlierShares {
  const p = rows[0]?.length ?? 0;
  const gram = new Float64Array(p * p);
  const prior = new Float64Array(rows.length);
  const shares = rows.map((row, k) => {
    const newest = k > 0 ? (recency[k - 1] as number) : 1;
    const known = recency.subarray(0, k).map(weight => weight / newest);
    const analogues = analogueShares(traits[k] as EventTraits, traits.slice(0, k), known, { dayKinds });
    const rest = 1 - sumOf(analogues);
    const { solve, priorShare } = invertRidge(
      gram.map(value => value / newest),
      p,
    );
    const pull = solve(row);
    prior[k] = rest * priorShare(pull);
    const own = analogues.map(
      (share, j) => share + rest * (known[j] as number) * dotProduct(rows[j] as Float64Array, pull),
    );
    for (let a = 0; a < p; a++)
      addTimes(gram.subarray(a * p, (a + 1) * p), (recency[k] as number) * (row[a] as number), row);
    return own;
  });
  return { shares, prior };
}
