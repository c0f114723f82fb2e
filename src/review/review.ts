import type { SalePlanReview } from '../api/sale-plan.ts';

/** One finished occurrence of a sale: forecast against what happened. */
export interface Review {
  /** Name of the SalePlan it belongs to. */
  readonly salePlan: string;
  readonly review: SalePlanReview;
}
