import { isMissing } from '../../../api/missing.ts';
import { highestStep, rowOf } from '../../demand/curve.ts';
import { floorLevel } from '../../demand/levels.ts';
import type { DesiredFloor } from '../../floor/desired-floor.ts';
import type { SaleNeed } from '../../floor/sale-need.ts';

/** A sale's need of one target, and the target as it is: the input of each plausibility check. */
export interface TargetCheck {
  readonly need: SaleNeed;
  readonly desired: DesiredFloor;
  /** Epoch ms. */
  readonly now: number;
}

/** The highest P95 of demand over the sale, in requests per second; undefined without a forecast. */
export function highestDemand({ total }: SaleNeed): number | undefined {
  if (isMissing(total)) return undefined;
  const row = rowOf(total, floorLevel);
  return row[highestStep(row)] ?? 0;
}

/** One for all numbers, because each takes long to make. */
const separated = new Intl.NumberFormat('en-US');

/** Formats a whole number with separators: 6396 → `6,396`. */
export function formatWhole(value: number): string {
  return separated.format(Math.round(value));
}

/** Formats a multiple in two digits: 3.52 → `3.5`, 1250 → `1,300`. */
export function formatTimes(value: number): string {
  return separated.format(Number(value.toPrecision(2)));
}
