import { z } from 'zod';
import { instant, label, measure, name, percent, sentence } from '../field.ts';

const targetReviewSchema = z.object({
  target: name,
  /** Error of forecast P50 against actual demand over the window, as percent; absent when nothing was measured. */
  wapePercent: percent.optional(),
  biasPercent: percent.optional(),
  /** Highest forecast P50 ÷ highest actual − 1, as percent. */
  peakErrorPercent: percent.optional(),
  /** Share of minutes at or below P50, as percent. */
  medianCoveragePercent: percent.optional(),
  /** Share of minutes at or below P95, as percent. */
  coveragePercent: percent.optional(),
  /** Seconds from prescaleTime until the floor was Ready; absent when it never was. */
  secondsToReady: measure.optional(),
  /** Seconds after the start until the floor was Ready; 0 when it was in time, absent when it never was. */
  secondsLate: measure.optional(),
  replicaHours: measure.optional(),
  replicaHoursOver: measure,
  replicaHoursUnder: measure,
  minutesAtCeiling: measure,
  /** Limit that reduced the plan, or the ceiling where it was reached; absent when none did. */
  boundBy: label.optional(),
  /** Minutes in which ready replicas would have been too few with the HPA's own bounds. */
  minutesShortWithoutPrescale: measure,
  minutesShort: measure,
  /** Ready replicas × hours, as the HPA alone would have had. */
  replicaHoursWithoutPrescale: measure.optional(),
  /** Price of the replicas above what the demand needed, in the review's currency; absent where no cost is stated. */
  idleCost: measure.optional(),
  /** Value of the orders lost for want of replicas, as it was and with the HPA alone; absent where none is stated. */
  lossShort: measure.optional(),
  lossShortWithoutPrescale: measure.optional(),
  /** Its callers with the calls that it got per thousand of their requests in the sale; absent where it is not known. */
  calls: z
    .array(z.object({ caller: name, perThousandRequests: measure }))
    .max(64)
    .optional(),
  /** What the sale showed of lead time, capacity and call ratio, a sentence each. */
  learned: z.array(sentence(512)).max(8).optional(),
});
export type TargetReview = Readonly<z.infer<typeof targetReviewSchema>>;

/** What came of a sale, as its SalePlan's status keeps it. */
export const saleReviewSchema = z.object({
  reviewedAt: instant,
  targets: z.array(targetReviewSchema).max(100),
  /** Suggested expectedPeakPercent for the next sale; absent when the entry points were not measured. */
  suggestedPeakPercent: z.int().min(100).max(100_000).optional(),
  /** The same with its reason, in a sentence. */
  suggestion: sentence(1024).optional(),
  /** Code of ISO 4217 of all amounts; absent where no cost is stated. */
  currency: z.string().max(3).optional(),
});
export type SalePlanReview = Readonly<z.infer<typeof saleReviewSchema>>;
