import { isMissing } from '../../api/missing.ts';
import { type Curve, highestStep, rowOf, stepAt, timeOf } from '../demand/curve.ts';
import type { RangeSource } from '../demand/fan-out.ts';
import { medianLevel } from '../demand/levels.ts';
import { sumLevel } from '../demand/sum-curves.ts';
import type { OwnPart } from '../plan.ts';
import { levelOf, type SaleNeed } from './sale-need.ts';
import type { ScheduledSale } from './schedule-sales.ts';

/** The highest minute of a sale at its entry points; ratios are multiples of the same minute without any sale. */
export interface EntryPeak {
  /** Epoch ms of the highest P50 of all sales that run then, together. */
  readonly peakTime: number;
  /** That minute as a percentage of the same minute without any sale; absent where demand without a sale is 0. */
  readonly peakPercent?: number;
  /** Ratios of this sale by itself; absent where demand without the sale is 0. */
  readonly ratios?: { readonly median: number; readonly upper: number };
  /** Ratios of past sales at the busiest entry point, oldest first. */
  readonly pastRatios: readonly number[];
  /** What the range comes from at the busiest entry point; absent where its own model does not count. */
  readonly range?: RangeSource;
  /** The sale's own part where it overlaps other sales. */
  readonly together?: OwnPart;
}

/** Finds the peak of a sale over all its entry points together; undefined unless all of them have a forecast. */
export function peakAtEntry({ occurrence, needs }: ScheduledSale): EntryPeak | undefined {
  const entries = occurrence.entryPoints.map(name => needs.get(name)).filter(need => need !== undefined);
  const totals = entries.flatMap(({ total }) => (isMissing(total) ? [] : [total]));
  const bases = entries.flatMap(({ base }) => (isMissing(base) ? [] : [base]));
  const extras = entries.flatMap(({ extra }) => (extra === undefined ? [] : [extra.curve]));
  const [grid] = totals;
  const isKnown = [entries, totals, bases, extras].every(({ length }) => length === occurrence.entryPoints.length);
  if (grid === undefined || !isKnown) return undefined;
  const from = stepAt(grid, occurrence.start);
  const [total, base, extra] = [totals, bases, extras].map(curves =>
    sumLevel(
      grid,
      curves.map(curve => ({ curve, level: medianLevel })),
    ),
  ) as Sums;
  const highest = highestOver(total, base, from);
  const { pastPeakRatios: pastRatios = [], range } = busiest(entries)?.extra ?? {};
  const peak = { peakTime: timeOf(grid, highest.step), pastRatios, ...(range === undefined ? {} : { range }) };
  const own = highestOver(
    base.map((value, step) => value + (extra[step] ?? 0)),
    base,
    from,
  );
  if (highest.ratio === undefined || own.ratio === undefined) return peak;
  const sized = entries.flatMap(need => (isMissing(need.total) ? [] : [{ curve: need.total, level: levelOf(need) }]));
  const upper = highestOver(sumLevel(grid, sized), base, from).ratio ?? highest.ratio;
  const sales = [...new Set(entries.flatMap(need => need.others ?? []))].sort();
  const known = {
    ...peak,
    peakPercent: Math.round(highest.ratio * 100),
    ratios: { median: own.ratio, upper: (own.ratio * upper) / highest.ratio },
  };
  if (sales.length === 0) return known;
  const added = (total[highest.step] ?? 0) - (base[highest.step] ?? 0);
  const shareOfSum = added > 0 ? Math.round((100 * (extra[highest.step] ?? 0)) / added) : 0;
  const sharePercent = entries.length === 1 ? (entries[0]?.sharePercent ?? shareOfSum) : shareOfSum;
  return { ...known, together: { sales, ownPercent: Math.round(own.ratio * 100), sharePercent } };
}

type Sums = [total: Float64Array, base: Float64Array, extra: Float64Array];

/** The highest step from `from` on, and its ratio to `base`; no ratio where `base` is 0. */
function highestOver(row: Float64Array, base: Float64Array, from: number) {
  const step = highestStep(row, from);
  const without = base[step] ?? 0;
  return { step, ...(without > 0 ? { ratio: (row[step] ?? 0) / without } : {}) };
}

function busiest(entries: readonly SaleNeed[]): SaleNeed | undefined {
  const peakOf = ({ total }: SaleNeed) => (isMissing(total) ? 0 : highestOf(total));
  return entries.reduce<SaleNeed | undefined>(
    (most, need) => (most === undefined || peakOf(need) > peakOf(most) ? need : most),
    undefined,
  );
}

function highestOf(curve: Curve): number {
  const row = rowOf(curve, medianLevel);
  return row[highestStep(row)] ?? 0;
}
