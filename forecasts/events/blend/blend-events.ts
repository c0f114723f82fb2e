import { dotProduct } from '../../statistics/dot-product.ts';
import type { EventTraits } from '../event-features.ts';
import { analogueOffset, analogueShares, sumOf } from './analogues.ts';
import type { AnchorColumn } from './anchor-column.ts';
import type { EventRidge } from './event-ridge.ts';

/**
 * The uplift of an event as a linear blend: Σ shares[k] · uplift of past event k + prior · prior's curve + constant. A
 * linear smoother: each past event has a known share.
 */
export interface Blend {
  /** One coefficient per past event, mostly 0–1; together with the prior about 1. */
  readonly shares: Float64Array;
  /** Share of the prior's curve. */
  readonly prior: number;
  /** Offset from the last minutes before the start, on the model's scale. */
  readonly constant: number;
}

/** What a blend is made of. */
export interface BlendInput {
  readonly own: EventTraits;
  readonly past: readonly EventTraits[];
  /** Evidence (0–1) that weekends differ, see `dayKindEvidence`. */
  readonly dayKinds: number;
  readonly ridge: EventRidge;
  /** Regressors of the event to forecast. */
  readonly row: Float64Array;
  /** Demand of the last minutes less the level, the event to forecast last; NaN = unknown. */
  readonly anchor: Float64Array;
  readonly column: AnchorColumn | undefined;
}

/**
 * The blend of the event to forecast: up to half is the mean of its analogues, corrected for the last minutes; the rest
 * is the ridge. Works for any number of past events, including none.
 */
export function blendEvents({ own, past, dayKinds, ridge, row, anchor, column }: BlendInput): Blend {
  const { recency, rows } = ridge;
  const analogues = analogueShares(own, past, recency, { dayKinds });
  const rest = 1 - sumOf(analogues);
  const pull = ridge.solve(row);
  const anchorPull = column === undefined ? 0 : column.own / column.weight;
  return {
    shares: analogues.map((share, k) => {
      const regressed = dotProduct(rows[k] as Float64Array, pull) + anchorPull * (column?.rest[k] ?? 0);
      return share + rest * (recency[k] as number) * regressed;
    }),
    prior: rest * (ridge.priorShare(pull) + anchorPull * (column?.priorShare ?? 0)),
    constant: analogueOffset(analogues, anchor, past.length),
  };
}
