import { parseInstant } from '../../api/instant.ts';
import type { SalePlanReview } from '../../api/learned/sale-review.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { plannedTimes } from '../../api/series/planned-times.ts';
import { type DemandColumns, demandColumns, type ReplicaColumns, replicaColumns } from '../html/time-columns.ts';

/** A sale that is over, with its review and what was recorded of it. Times are epoch ms. */
export interface ReviewedSale {
  readonly namespace: string;
  /** Name of the FlashSale. */
  readonly sale: string;
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
  readonly review: SalePlanReview;
  /** Services with a record of the sale. */
  readonly services: readonly ReviewedService[];
}

interface ReviewedService {
  readonly target: string;
  readonly demand: DemandColumns;
  readonly replicas: ReplicaColumns;
}

/** Reads what a SalePlan tells of its sale; undefined before it has a review. */
export function reviewedSale(salePlan: SalePlan): ReviewedSale | undefined {
  const { metadata, spec, status } = salePlan;
  const { review, plan, timeline = [] } = status ?? {};
  if (review === undefined) return undefined;
  const { startTime, endTime } = plannedTimes(salePlan);
  const end = parseInstant(plan?.endTime ?? endTime);
  const steps = new Map((plan?.targets ?? []).map(one => [one.target, one.steps]));
  return {
    namespace: metadata.namespace ?? '',
    sale: spec.sale.name,
    start: parseInstant(startTime),
    end,
    timeZone: (status?.edits?.at(-1)?.spec ?? spec.sale.spec).timeZone,
    review,
    services: timeline.map(({ target, points }) => ({
      target,
      demand: demandColumns({ timeline: points }),
      replicas: replicaColumns(steps.get(target) ?? [], points, end),
    })),
  };
}
