import { isMissing } from '../../api/missing.ts';
import { type Curve, highestStep, rowOf, stepAt, sumCurves, timeOf } from '../demand/curve.ts';
import { floorLevel, medianLevel } from '../demand/levels.ts';
import type { SaleNeed } from '../floor/sale-need.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';

/** The highest minute of a sale at its entry points; ratios are multiples of the same minute without the sale. */
export interface EntryPeak {
  /** Epoch ms of the highest P50. */
  readonly peakTime: number;
  /** Absent where nothing comes without the sale. */
  readonly ratios?: { readonly median: number; readonly upper: number };
  /** What past sales did at the busiest entry point, oldest first. */
  readonly pastRatios: readonly number[];
}

/** The peak of a sale over all its entry points together; undefined without a forecast of all of them. */
export function peakAtEntry({ occurrence, needs }: ScheduledSale): EntryPeak | undefined {
  const entries = occurrence.entryPoints.map(name => needs.get(name)).filter(need => need !== undefined);
  const totals = entries.flatMap(({ total }) => (isMissing(total) ? [] : [total]));
  const extras = entries.flatMap(({ extra }) => (extra === undefined ? [] : [extra.curve]));
  const [grid] = totals;
  const isKnown = [entries, totals, extras].every(({ length }) => length === occurrence.entryPoints.length);
  if (grid === undefined || !isKnown) return undefined;
  const total = sumCurves(
    grid,
    totals.map(curve => ({ curve })),
  );
  const extra = sumCurves(
    grid,
    extras.map(curve => ({ curve })),
  );
  const row = rowOf(total, medianLevel);
  const from = stepAt(total, occurrence.start);
  const step = highestStep(row, from);
  const demand = row[step] ?? 0;
  const without = demand - (rowOf(extra, medianLevel)[step] ?? 0);
  const upper = rowOf(total, floorLevel);
  const ratios = { median: demand / without, upper: (upper[highestStep(upper, from)] ?? 0) / without };
  return {
    peakTime: timeOf(total, step),
    ...(without > 0 ? { ratios } : {}),
    pastRatios: busiest(entries)?.extra?.pastPeakRatios ?? [],
  };
}

function busiest(entries: readonly SaleNeed[]): SaleNeed | undefined {
  const peakOf = ({ total }: SaleNeed) => (isMissing(total) ? 0 : highest(total));
  return entries.reduce<SaleNeed | undefined>(
    (most, need) => (most === undefined || peakOf(need) > peakOf(most) ? need : most),
    undefined,
  );
}

function highest(curve: Curve): number {
  const row = rowOf(curve, medianLevel);
  return row[highestStep(row)] ?? 0;
}
