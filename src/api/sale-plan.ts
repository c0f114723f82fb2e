import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { flashSaleSchema } from './flash-sale.ts';
import { apiVersion } from './group.ts';
import { objectMetaSchema } from './object-meta.ts';
import { parseWith } from './parse-error.ts';

/** From an instant on, these bounds are due. */
const planStepSchema = z.object({ from: z.string(), minReplicas: z.int(), maxReplicas: z.int() });
export type PlanStep = Readonly<z.infer<typeof planStepSchema>>;

/** One line of an explanation: forecast → headroom → replicas → limit → clamp, each with its number and unit. */
const reasonStepSchema = z.object({
  rule: z.string(),
  value: z.number(),
  unit: z.string(),
  message: z.string(),
});
export type ReasonStep = Readonly<z.infer<typeof reasonStepSchema>>;

const plannedTargetSchema = z.object({
  target: z.string(),
  steps: z.array(planStepSchema),
  /** Peak of the window in requests a second at each level, and when P50 has it. */
  peak: z.object({
    time: z.string(),
    quantiles: z.array(z.object({ level: z.number(), requestsPerSecond: z.number() })),
  }),
  /** This sale's part of the extra demand at the peak, 0–100. */
  sharePercent: z.int(),
  /** The limit that binds: Ceiling, a cap of policy or settings; absent when none does. */
  boundBy: z.string().optional(),
  because: z.array(reasonStepSchema),
});
export type PlannedTarget = Readonly<z.infer<typeof plannedTargetSchema>>;

const planStatusSchema = z.object({
  /** New only when a target's floor moves by ≥ 5 % or one replica, or a start by a step. */
  revision: z.int(),
  madeAt: z.string(),
  prescaleTime: z.string(),
  endTime: z.string(),
  extraReplicas: z.int(),
  risks: z.array(z.string()),
  targets: z.array(plannedTargetSchema),
});
export type SalePlanPlan = Readonly<z.infer<typeof planStatusSchema>>;

/** A point of the record: what was measured, in force and ready at `t`; a gap stays a gap. */
const timelinePointSchema = z.object({
  t: z.string(),
  demand: z.number().nullable(),
  forecast: z.number().nullable(),
  floor: z.int(),
  ready: z.int(),
});
export type TimelinePoint = Readonly<z.infer<typeof timelinePointSchema>>;

const targetReviewSchema = z.object({
  target: z.string(),
  /** Forecast P50 against actual over the window; absent when nothing was measured. */
  wapePercent: z.number().optional(),
  biasPercent: z.number().optional(),
  /** Highest forecast P50 ÷ highest actual − 1, as percent. */
  peakErrorPercent: z.number().optional(),
  /** Share of minutes at or below P95, as percent. */
  coveragePercent: z.number().optional(),
  /** From prescaleTime until the floor was Ready; absent when it never was. */
  secondsToReady: z.number().optional(),
  replicaHoursOver: z.number(),
  replicaHoursUnder: z.number(),
  minutesAtCeiling: z.number(),
  /** Minutes that ready replicas would have been short of need on the HPA's own bounds. */
  minutesShortWithoutPrescale: z.number(),
  minutesShort: z.number(),
});
export type TargetReview = Readonly<z.infer<typeof targetReviewSchema>>;

const reviewStatusSchema = z.object({
  reviewedAt: z.string(),
  targets: z.array(targetReviewSchema),
  /** What to state as expectedPeakPercent next time; absent when the entry points were not measured. */
  suggestedPeakPercent: z.int().optional(),
});
export type SalePlanReview = Readonly<z.infer<typeof reviewStatusSchema>>;

/**
 * What will be done for one occurrence of a sale and why; afterwards forecast against actual. It has no owner: it is the
 * memory from which the next sale is forecast. Schema and rules: crds/saleplans.yaml.
 */
export const salePlanSchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('SalePlan'),
  metadata: objectMetaSchema,
  spec: z.object({
    /** The FlashSale as it was, with its name and UID. */
    sale: z.object({ name: z.string(), uid: z.string(), spec: flashSaleSchema.shape.spec }),
    approval: z
      .object({
        approvedBy: z.string(),
        approvedAt: z.string(),
        upTo: z.array(z.object({ target: z.string(), maxReplicas: z.int() })),
      })
      .optional(),
  }),
  status: z
    .looseObject({
      observedGeneration: z.int().optional(),
      plan: planStatusSchema.optional(),
      timeline: z.array(z.object({ target: z.string(), points: z.array(timelinePointSchema) })).optional(),
      review: reviewStatusSchema.optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});

export type SalePlan = z.infer<typeof salePlanSchema>;
export type SalePlanStatus = NonNullable<SalePlan['status']>;

/** @throws ParseError naming the field, when `value` is no SalePlan */
export function parseSalePlan(value: unknown): SalePlan {
  return parseWith(salePlanSchema, value, 'SalePlan');
}

/** `<sale>-<yyyymmdd>-<hhmm>` of the occurrence's start in UTC, cut from the left part to a valid object name. */
export function salePlanName(sale: string, startMs: number): string {
  const stamp = new Date(startMs).toISOString();
  const suffix = `-${stamp.slice(0, 10).replaceAll('-', '')}-${stamp.slice(11, 16).replace(':', '')}`;
  return `${sale.slice(0, 253 - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
}
