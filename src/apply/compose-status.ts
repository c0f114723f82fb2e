import { type ConditionUpdate, mergeConditions } from '../api/condition.ts';
import { encodeFlashSaleStatus, type FlashSale } from '../api/flash-sale.ts';
import { formatInstant } from '../api/instant.ts';
import { encodeSalePlanStatus, type SalePlan, type SalePlanStatus } from '../api/sale-plan.ts';
import { encodeScalingTargetStatus, type ScalingTarget, type ScalingTargetStatus } from '../api/scaling-target.ts';
import type { SaleOutlook, TargetPlan } from '../plan/plan.ts';
import type { AnyStatus } from './status-cadence.ts';

/** A status as the API has it and as it should have it, both encoded, so that equal content is equal. */
export interface ComposedStatus {
  readonly before: AnyStatus | undefined;
  readonly after: AnyStatus;
}

/** The target's status: what is in force, and what is said about it. Numbers of other writers (accuracy) stay. */
export function targetStatus(
  { metadata, status }: ScalingTarget,
  plan: TargetPlan,
  conditions: readonly ConditionUpdate[],
  now: number,
): ComposedStatus {
  const { floor, bounds, autoscaler } = plan;
  const { floor: _floor, bounds: _bounds, lastChange: _lastChange, ...kept } = status ?? {};
  const lastChange = lastChangeOf(status, plan, conditions, now);
  return {
    before: status === undefined ? undefined : encodeScalingTargetStatus(status),
    after: encodeScalingTargetStatus({
      ...kept,
      ...observedGeneration(metadata),
      ...(floor === undefined ? {} : { floor }),
      ...(autoscaler === undefined ? {} : { bounds }),
      ...(lastChange === undefined ? {} : { lastChange }),
      conditions: [...mergeConditions(status?.conditions ?? [], conditions, now, metadata.generation)],
    }),
  };
}

/** The steps behind the message of `BoundsInForce`: they come, stay and go with it. */
function lastChangeOf(
  status: ScalingTargetStatus | undefined,
  { action, because }: TargetPlan,
  conditions: readonly ConditionUpdate[],
  now: number,
): ScalingTargetStatus['lastChange'] {
  const inForce = conditions.find(isInForce);
  const isTold = inForce?.message === status?.conditions?.find(isInForce)?.message;
  if (inForce?.status !== 'True' || isTold) return status?.lastChange;
  return action === 'Write' ? { at: formatInstant(now), because: [...because].slice(0, mostSteps) } : undefined;
}

/** What the schema holds of the steps of one change. */
const mostSteps = 64;

function isInForce({ type }: { readonly type: string }): boolean {
  return type === 'BoundsInForce';
}

/** The sale's status: the forecast in four numbers, each of two digits, and the names of its SalePlans. */
export function saleStatus(
  { metadata, status }: FlashSale,
  { peakTime, peakPercent, prescaleTime, extraReplicas, conditions }: SaleOutlook,
  plans: readonly string[],
  now: number,
): ComposedStatus {
  return {
    before: status === undefined ? undefined : encodeFlashSaleStatus(status),
    after: encodeFlashSaleStatus({
      ...observedGeneration(metadata),
      ...(peakTime === undefined ? {} : { peakTime: formatInstant(peakTime) }),
      ...(peakPercent === undefined ? {} : { peakPercent: roundToTwoDigits(peakPercent) }),
      prescaleTime: formatInstant(prescaleTime),
      extraReplicas: roundToTwoDigits(extraReplicas),
      plans: plans.slice(0, 64),
      conditions: [...mergeConditions(status?.conditions ?? [], conditions, now, metadata.generation)],
    }),
  };
}

/** The SalePlan's status with whatever of plan, timeline and review is new. */
export function salePlanStatus(
  { metadata, status }: SalePlan,
  updated: Pick<SalePlanStatus, 'plan' | 'timeline' | 'review'>,
  conditions: readonly ConditionUpdate[],
  now: number,
): ComposedStatus {
  return {
    before: status === undefined ? undefined : encodeSalePlanStatus(status),
    after: encodeSalePlanStatus({
      ...status,
      ...updated,
      ...observedGeneration(metadata),
      conditions: [...mergeConditions(status?.conditions ?? [], conditions, now, metadata.generation)],
    }),
  };
}

/** 2437 → 2400, 87 → 87: numbers that move each tick live in /metrics; in a status they are for people. */
export function roundToTwoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

function observedGeneration({ generation }: { readonly generation?: number | undefined }) {
  return generation === undefined ? {} : { observedGeneration: generation };
}
