import type { ConditionUpdate } from '../../../api/condition.ts';
import type { SalePlan } from '../../../api/sale-plan.ts';
import type { ScalingTarget } from '../../../api/scaling-target.ts';
import { forecastDrift } from './forecast-drift.ts';
import { promotionReady } from './promotion-ready.ts';

/** How far the forecasts of a target may be acted on, by its days and sales of late. */
export function trustConditions(target: ScalingTarget, salePlans: readonly SalePlan[]): readonly ConditionUpdate[] {
  return [promotionReady(target, salePlans), forecastDrift(target, salePlans)];
}
