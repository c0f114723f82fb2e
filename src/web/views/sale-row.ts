import { isVerdict, type Verdict } from '../../api/conditions/verdict.ts';
import type { FlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { plannedTimes } from '../../api/series/planned-times.ts';

/** Where a sale stands: before its start, in it, after it, or called off. */
export type SaleStage = 'Coming' | 'Running' | 'Past' | 'Cancelled';
/** Whether a plan needs an approval and has it. */
export type ApprovalState = 'NotNeeded' | 'Waiting' | 'Approved';

/** One sale, or one date of a recurring sale, in a list. Times are epoch ms. */
export interface SaleRow {
  readonly namespace: string;
  /** Name of the FlashSale. */
  readonly sale: string;
  /** Name of its SalePlan; absent before it is planned. */
  readonly salePlan?: string;
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
  readonly stage: SaleStage;
  readonly isRecurring: boolean;
  /** Absent before the operator has judged it, and once it is over. */
  readonly verdict?: Verdict;
  readonly approval: ApprovalState;
  /** Stated peak in percent of an ordinary minute. */
  readonly statedPercent?: number;
  /** Planned P50 of the peak in percent of an ordinary minute. */
  readonly plannedPercent?: number;
  readonly prescaleTime?: number;
  readonly extraReplicas?: number;
}

/** Builds the row of a SalePlan; `sale` is its FlashSale where that exists still. */
export function rowOfPlan(plan: SalePlan, sale: FlashSale | undefined, now: number): SaleRow {
  const { startTime, endTime } = plannedTimes(plan);
  const [start, stated] = [parseInstant(startTime), parseInstant(endTime)];
  const recorded = plan.status?.plan;
  const spec = plan.status?.edits?.at(-1)?.spec ?? plan.spec.sale.spec;
  const isTold = sale?.status?.startTime !== undefined && parseInstant(sale.status.startTime) === start;
  return {
    namespace: plan.metadata.namespace ?? '',
    sale: plan.spec.sale.name,
    salePlan: plan.metadata.name,
    start,
    end: recorded === undefined ? stated : parseInstant(recorded.endTime),
    timeZone: spec.timeZone,
    stage: stageOf({ start, end: stated, now, isCancelled: (sale?.spec ?? spec).cancelled }),
    isRecurring: spec.recurrence !== undefined,
    approval: approvalOf(plan, isTold ? sale : undefined),
    ...(spec.expectedPeakPercent === undefined ? {} : { statedPercent: spec.expectedPeakPercent }),
    ...(recorded === undefined
      ? {}
      : { prescaleTime: parseInstant(recorded.prescaleTime), extraReplicas: recorded.extraReplicas }),
    ...(isTold ? toldOf(sale) : {}),
  };
}

/** Builds the row of a FlashSale that has no SalePlan yet. */
export function rowOfSale(sale: FlashSale, now: number): SaleRow {
  const { metadata, spec, status } = sale;
  const start = parseInstant(status?.startTime ?? spec.startTime);
  const end = parseInstant(status?.endTime ?? spec.endTime);
  return {
    namespace: metadata.namespace ?? '',
    sale: metadata.name,
    start,
    end,
    timeZone: spec.timeZone,
    stage: stageOf({ start, end, now, isCancelled: spec.cancelled }),
    isRecurring: spec.recurrence !== undefined,
    approval: 'NotNeeded',
    ...(spec.expectedPeakPercent === undefined ? {} : { statedPercent: spec.expectedPeakPercent }),
    ...toldOf(sale),
  };
}

function toldOf(sale: FlashSale | undefined): Pick<SaleRow, 'verdict' | 'plannedPercent'> {
  const { verdict, peakPercent } = sale?.status ?? {};
  return {
    ...(isVerdict(verdict) ? { verdict } : {}),
    ...(peakPercent === undefined ? {} : { plannedPercent: peakPercent }),
  };
}

function stageOf(given: {
  readonly start: number;
  readonly end: number;
  readonly now: number;
  readonly isCancelled: boolean;
}): SaleStage {
  const { start, end, now, isCancelled } = given;
  if (now >= end) return 'Past';
  if (isCancelled) return 'Cancelled';
  return now >= start ? 'Running' : 'Coming';
}

function approvalOf(plan: SalePlan, sale: FlashSale | undefined): ApprovalState {
  const told = sale?.status?.conditions?.find(({ type }) => type === 'Approved');
  if (told?.status === 'False') return 'Waiting';
  if (told?.reason === 'NotRequired' || told === undefined) return plan.spec.approval ? 'Approved' : 'NotNeeded';
  return 'Approved';
}
