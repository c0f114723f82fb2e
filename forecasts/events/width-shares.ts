import type { SpreadParts, UpliftSpread } from './uplift-spread.ts';

/** One reason for the width of a sale's range. */
export interface WidthShare {
  /** `live`: how fast a running sale leaves its curve; the others as in `SpreadParts`. */
  readonly kind: 'live' | keyof SpreadParts;
  /** Share (0–1) of the variance. */
  readonly share: number;
}

/** The width of a sale that runs: past sales no longer count by themselves. */
export const liveWidth: readonly WidthShare[] = [{ kind: 'live', share: 1 }];

/** The parts of the variance at a knot; their shares sum to 1. */
export function widthShares({ partsAt }: UpliftSpread, knot: number): readonly WidthShare[] {
  const parts = Object.entries(partsAt(knot)) as [keyof SpreadParts, number][];
  const sum = parts.reduce((all, [, variance]) => all + variance, 0);
  return parts.filter(([, variance]) => variance > 0).map(([kind, variance]) => ({ kind, share: variance / sum }));
}
