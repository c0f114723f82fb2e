import { formatInstant } from '../../api/instant.ts';
import { isMissing } from '../../api/missing.ts';
import type { PlannedTarget } from '../../api/sale-plan.ts';
import { highestStep, type Row, rowOf, timeOf } from '../demand/curve.ts';
import { forecastLevels, medianLevel } from '../demand/levels.ts';
import type { SaleNeed } from '../floor/sale-need.ts';

/** The time of a sale's highest P50 at one target, and the highest demand at each level; no levels without a forecast. */
export function plannedPeak({ total, occurrence, cost }: SaleNeed): PlannedTarget['peak'] {
  if (isMissing(total)) return { time: formatInstant(occurrence.start), quantiles: [] };
  const step = highestStep(rowOf(total, medianLevel));
  const levels = cost === undefined ? forecastLevels : [...new Set([...forecastLevels, 0.99, cost.level])].sort();
  return {
    time: formatInstant(timeOf(total, step)),
    quantiles: levels.map(level => ({
      level,
      requestsPerSecond: highest(rowOf(total, level)),
    })),
  };
}

function highest(row: Row): number {
  return row[highestStep(row)] ?? 0;
}
