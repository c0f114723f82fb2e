import { isMissing } from '../../api/missing.ts';
import { type Curve, highestStep, rowOf, stepAt, sumCurves, timeOf } from '../demand/curve.ts';
import { medianLevel } from '../demand/levels.ts';
import type { ScheduledSale } from '../floor/schedule-sales.ts';
import type { SaleOutlook } from '../plan.ts';

/**
 * When and how high the highest P50 minute at the entry points is, as a percentage of that minute without any sale, and
 * the sale's own part where others run in it; nothing without a forecast of all entry points.
 */
export function peakAtEntry({
  occurrence,
  needs,
}: ScheduledSale): Pick<SaleOutlook, 'peakTime' | 'peakPercent' | 'together'> {
  const entries = occurrence.entryPoints.map(name => needs.get(name));
  const totals = entries.flatMap(need => (need === undefined || isMissing(need.total) ? [] : [need.total]));
  const bases = entries.flatMap(need => (need === undefined || isMissing(need.base) ? [] : [need.base]));
  const extras = entries.map(need => need?.extra?.curve).filter(curve => curve !== undefined);
  const [grid] = totals;
  const isKnown = [totals, bases, extras].every(({ length }) => length === entries.length);
  if (grid === undefined || !isKnown) return {};
  const from = stepAt(grid, occurrence.start);
  const total = medianSum(grid, totals);
  const base = medianSum(grid, bases);
  const extra = medianSum(grid, extras);
  const together = highestOver(total, base, from);
  const peakTime = timeOf(grid, together.step);
  if (together.percent === undefined) return { peakTime };
  const sales = [...new Set(entries.flatMap(need => need?.others ?? []))].sort();
  const own = highestOver(
    base.map((value, step) => value + (extra[step] ?? 0)),
    base,
    from,
  );
  if (sales.length === 0 || own.percent === undefined) return { peakTime, peakPercent: together.percent };
  const added = (total[together.step] ?? 0) - (base[together.step] ?? 0);
  const sharePercent = added > 0 ? Math.round((100 * (extra[together.step] ?? 0)) / added) : 0;
  return { peakTime, peakPercent: together.percent, together: { sales, ownPercent: own.percent, sharePercent } };
}

/** The highest step from `from` on, and how high it is in percent of `base`; without the latter where nothing comes. */
function highestOver(row: Float64Array, base: Float64Array, from: number) {
  const step = highestStep(row, from);
  const without = base[step] ?? 0;
  return { step, ...(without > 0 ? { percent: Math.round(((row[step] ?? 0) / without) * 100) } : {}) };
}

function medianSum(grid: Curve, curves: readonly Curve[]): Float64Array {
  const sum = sumCurves(
    grid,
    curves.map(curve => ({ curve })),
  );
  return Float64Array.from(rowOf(sum, medianLevel));
}
