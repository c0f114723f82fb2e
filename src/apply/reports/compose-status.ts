import { type ConditionUpdate, mergeConditions } from '../../api/condition.ts';
import { encodeFlashSaleStatus, type FlashSale } from '../../api/flash-sale.ts';
import { formatInstant, formatInZone } from '../../api/instant.ts';
import { encodeSalePlanStatus, type SalePlan, type SalePlanStatus } from '../../api/sale-plan.ts';
import { encodeScalingTargetStatus, type ScalingTarget, type ScalingTargetStatus } from '../../api/scaling-target.ts';
import type { SaleOutlook, TargetPlan } from '../../plan/plan.ts';
import type { AnyStatus } from './status-cadence.ts';

/** Status as the API server has it and as it should be, both encoded so that equal content is equal. */
export interface ComposedStatus {
  readonly before: AnyStatus | undefined;
  readonly after: AnyStatus;
}

/** What was learned of a target and its status keeps; what is absent stays as it was. */
export type LearnedStatus = Pick<
  ScalingTargetStatus,
  | 'demandLatenessSeconds'
  | 'ordinaryReplicas'
  | 'scaleUps'
  | 'measuredLeadTimeSeconds'
  | 'capacityHours'
  | 'callRatios'
  | 'accuracy'
  | 'ordinaryPeaks'
>;

/**
 * Builds the target's status: the bounds in force, the conditions, and what was learned. What was learned earlier stays;
 * what ordinary peaks saved goes once they are not raised any more.
 */
export function targetStatus(
  { metadata, spec, status }: ScalingTarget,
  plan: TargetPlan,
  { conditions, learned = {} }: { readonly conditions: readonly ConditionUpdate[]; readonly learned?: LearnedStatus },
  now: number,
): ComposedStatus {
  const { floor, bounds, autoscaler } = plan;
  const { floor: _floor, bounds: _bounds, lastChange: _lastChange, ordinaryPeaks, ...others } = status ?? {};
  const kept = spec.ordinaryPeaks && ordinaryPeaks !== undefined ? { ...others, ordinaryPeaks } : others;
  const lastChange = lastChangeOf(status, plan, conditions, now);
  return {
    before: status === undefined ? undefined : encodeScalingTargetStatus(status),
    after: encodeScalingTargetStatus({
      ...withLearned(kept, learned),
      ...observedGeneration(metadata),
      ...(floor === undefined ? {} : { floor }),
      ...(autoscaler === undefined ? {} : { bounds }),
      ...(lastChange === undefined ? {} : { lastChange }),
      conditions: [...mergeConditions(status?.conditions ?? [], conditions, now, metadata.generation)],
    }),
  };
}

/** Adds what was learned; the measured lead time is replaced and removed together with its scale-ups. */
function withLearned(kept: ScalingTargetStatus, { scaleUps, ...learned }: LearnedStatus): ScalingTargetStatus {
  if (scaleUps === undefined) return { ...kept, ...learned };
  const { scaleUps: _scaleUps, measuredLeadTimeSeconds: _measured, ...rest } = kept;
  return { ...rest, ...learned, ...(scaleUps.length === 0 ? {} : { scaleUps }) };
}

/** Returns the steps behind the message of `BoundsInForce`; they are replaced and removed together with it. */
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

/** Maximum steps of one change that the CRD schema allows. */
const mostSteps = 64;

function isInForce({ type }: { readonly type: string }): boolean {
  return type === 'BoundsInForce';
}

/**
 * Builds the sale's status: the times that it describes, four numbers of the forecast, rounded to two digits, the verdict,
 * and its SalePlans' names.
 */
export function saleStatus(
  { metadata, spec, status }: FlashSale,
  { start, end, peakTime, peakPercent, prescaleTime, extraReplicas, verdict, conditions }: SaleOutlook,
  plans: readonly string[],
  now: number,
): ComposedStatus {
  return {
    before: status === undefined ? undefined : encodeFlashSaleStatus(status),
    after: encodeFlashSaleStatus({
      ...observedGeneration(metadata),
      startTime: formatInZone(start, spec.timeZone),
      endTime: formatInZone(end, spec.timeZone),
      ...(peakTime === undefined ? {} : { peakTime: formatInstant(peakTime) }),
      ...(peakPercent === undefined ? {} : { peakPercent: roundToTwoDigits(peakPercent) }),
      prescaleTime: formatInstant(prescaleTime),
      extraReplicas: roundToTwoDigits(extraReplicas),
      ...(verdict === undefined ? {} : { verdict }),
      plans: plans.slice(0, 64),
      conditions: [...mergeConditions(status?.conditions ?? [], conditions, now, metadata.generation)],
    }),
  };
}

/** Builds the SalePlan's status with the new parts of plan, timeline and review. */
export function salePlanStatus(
  { metadata, status }: SalePlan,
  updated: Pick<SalePlanStatus, 'plan' | 'edits' | 'saleGoneSince' | 'timeline' | 'review'>,
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

/**
 * Rounds to two significant digits (2437 → 2400, 87 → 87), so that a status does not change at each tick; exact numbers
 * are in /metrics.
 */
export function roundToTwoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

function observedGeneration({ generation }: { readonly generation?: number | undefined }) {
  return generation === undefined ? {} : { observedGeneration: generation };
}
