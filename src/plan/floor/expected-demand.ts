import { isMissing } from '../../api/missing.ts';
import { rowOf, stepAt } from '../demand/curve.ts';
import { floorLevel, medianLevel } from '../demand/levels.ts';
import type { TargetPlan } from '../plan.ts';
import type { ScheduledSale } from './schedule-sales.ts';

/** The forecast for a target's newest complete step, from the first running sale that has one; for the record. */
export function expectedDemand(
  target: string,
  sales: readonly ScheduledSale[],
  /** Epoch ms. */
  now: number,
): TargetPlan['expected'] {
  const running = sales.filter(({ occurrence }) => occurrence.start <= now && now < occurrence.end);
  for (const { needs } of running) {
    const need = needs.get(target);
    const total = need?.stepMeans ?? need?.total;
    if (total === undefined || isMissing(total)) continue;
    const measured = now - total.stepSeconds * 1000;
    if (measured < total.start) continue;
    const step = stepAt(total, measured);
    const [forecast, upper] = [medianLevel, floorLevel].map(level => rowOf(total, level)[step]);
    if (forecast !== undefined && upper !== undefined) return { forecast, upper };
  }
  return undefined;
}
