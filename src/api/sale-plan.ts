import { z } from 'zod';
import { conditionsSchema } from './condition.ts';
import { describeObject, parseWith } from './faults/parse-error.ts';
import { areDistinct, generation, instant, label, measure, name, replicas, sentence } from './field.ts';
import { flashSaleSchema } from './flash-sale.ts';
import { apiVersion } from './group.ts';
import { noticeRecordsSchema } from './learned/notice-record.ts';
import { saleReviewSchema } from './learned/sale-review.ts';
import { objectMetaSchema } from './object-meta.ts';
import type { PlanningRule } from './planning-rules.ts';

/** Bounds that apply from an instant on. */
const planStepSchema = z.object({ from: instant, minReplicas: replicas, maxReplicas: replicas });
export type PlanStep = Readonly<z.infer<typeof planStepSchema>>;

/**
 * One line of an explanation as read from a status: a rule (maybe one that only another release has), a number and its
 * unit.
 */
export const reasonStepSchema = z.object({
  rule: label,
  value: measure,
  unit: label,
  message: sentence(1024),
});
/** One line of an explanation as a plan makes it: forecast → headroom → replicas → limit. */
export type ReasonStep = Readonly<z.infer<typeof reasonStepSchema>> & { readonly rule: PlanningRule };

/** What replicas and lost orders of one target cost in one sale, by quantile level; absent where no cost is stated. */
const plannedCostSchema = z.object({
  /** Code of ISO 4217 of all amounts. */
  currency: z.string().max(3),
  /** Level (0–1) that sizes the floor. */
  level: measure,
  /** Value of the orders that one missing replica loses in one hour; absent where orders are not stated. */
  lossPerReplicaHour: measure.optional(),
  /** Replicas at each level, their price from prescaleTime to the end, and the orders that are lost all the same. */
  options: z
    .array(z.object({ level: measure, replicas, replicaCost: measure, expectedLoss: measure.optional() }))
    .max(16),
});

const plannedTargetSchema = z.object({
  target: name,
  steps: z.array(planStepSchema).max(256),
  /** Peak of the window in requests per second at each quantile level, and the time of the P50 peak. */
  peak: z.object({
    time: instant,
    quantiles: z.array(z.object({ level: measure, requestsPerSecond: measure })).max(16),
  }),
  cost: plannedCostSchema.optional(),
  /** Share of the extra demand at the peak that comes from this sale, 0–100. */
  sharePercent: z.int().min(0).max(100),
  /** Limit that applies: Ceiling, or a cap of policy or settings; absent when none does. */
  boundBy: label.optional(),
  because: z.array(reasonStepSchema).max(64),
});
export type PlannedTarget = Readonly<z.infer<typeof plannedTargetSchema>>;

/** The highest bounds of one target over the sale. */
const furtherTargetSchema = z.object({ target: name, minReplicas: replicas, maxReplicas: replicas });
export type FurtherTarget = Readonly<z.infer<typeof furtherTargetSchema>>;

const planStatusSchema = z.object({
  /**
   * Revision of the plan; rises only when a target's floor moves by ≥ 5 % or one replica, or a start moves by a step.
   */
  revision: z.int().min(1).max(1_000_000_000),
  madeAt: instant,
  prescaleTime: instant,
  endTime: instant,
  extraReplicas: z.int().min(0).max(10_000_000),
  /** Basis of the planned peak: what was stated, what past sales reached, and up to which peak the plan suffices. */
  peakBasis: sentence(1024).optional(),
  /** How far above the expected peak demand may go, why, and what would narrow that. */
  peakRange: sentence(1024).optional(),
  risks: z.array(sentence(1024)).max(64),
  targets: z.array(plannedTargetSchema).max(100),
  /** The highest bounds of the targets that `targets` has no room for; absent when it has all. */
  furtherTargets: z.array(furtherTargetSchema).max(900).optional(),
  /** Targets that the sale reaches besides, which neither list has room for; absent when they have all. */
  targetsLeftOut: z.int().min(1).max(100_000).optional(),
});
export type SalePlanPlan = Readonly<z.infer<typeof planStatusSchema>>;

/** One point of the record: measured demand, floor and ready replicas at `t`. Gaps are not filled. */
const timelinePointSchema = z.object({
  t: instant,
  /** Measured demand; absent when nothing was measured, because a merge patch drops null, in lists too. */
  demand: measure.optional(),
  /** Forecast P50 of the same step; absent without a forecast. */
  forecast: measure.optional(),
  /** Forecast P95 of the same step; absent without a forecast. */
  upper: measure.optional(),
  floor: replicas,
  ready: replicas,
});
export type TimelinePoint = Readonly<z.infer<typeof timelinePointSchema>>;

const targetTimelineSchema = z.object({ target: name, points: z.array(timelinePointSchema).max(120) });

/** Approval by an SRE: holds until `until`, while no target needs more than its `maxReplicas` in `upTo`. */
const approvalSchema = z.object({
  approvedBy: z.string().min(1).max(253),
  approvedAt: instant,
  /** The end of what is approved: from then on only what needs no approval is raised. */
  until: instant,
  upTo: z
    .array(z.object({ target: name, maxReplicas: replicas.min(1) }))
    .max(1000)
    .refine(caps => areDistinct(caps.map(cap => cap.target)), 'must not name a target twice'),
});

/** What an SRE has approved of a plan. */
export type Approval = Readonly<z.infer<typeof approvalSchema>>;

const acceptedEditSchema = z.object({ acceptedAt: instant, spec: flashSaleSchema.shape.spec });
/** The spec of a FlashSale, and since when it is accepted. */
export type AcceptedEdit = Readonly<z.infer<typeof acceptedEditSchema>>;

const salePlanStatusSchema = z.looseObject({
  observedGeneration: generation.optional(),
  /**
   * The FlashSale as last accepted before the start, and as last accepted since, where it differs from the snapshot or
   * was moved away and back. The last one stands in while the FlashSale is refused.
   */
  edits: z.array(acceptedEditSchema).max(2).optional(),
  /** Since when the FlashSale is gone although its bounds are raised. */
  saleGoneSince: instant.optional(),
  plan: planStatusSchema.optional(),
  timeline: z.array(targetTimelineSchema).max(100).optional(),
  /** One that cannot be read counts as absent: the sale still teaches the next forecast, and is reviewed anew. */
  review: saleReviewSchema.optional().catch(undefined),
  /** Notices that were sent or given up, oldest first; those that cannot be read count as not sent. */
  notices: noticeRecordsSchema.optional().catch(undefined),
  conditions: conditionsSchema.optional(),
});

/**
 * Plan for one occurrence of a sale with its reasons, and after it the comparison of forecast and actual demand. It has
 * no owner, so that it outlives the sale: the next sale is forecast from it. Schema and rules: crds/saleplans.yaml.
 */
export const salePlanSchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('SalePlan'),
  metadata: objectMetaSchema,
  spec: z.object({
    /** Copy of the FlashSale's spec, with its name and UID, and of a recurring sale the times of this date. */
    sale: z.object({
      name,
      uid: z.string().max(63),
      spec: flashSaleSchema.shape.spec,
      occurrence: z.object({ startTime: instant, endTime: instant }).optional(),
    }),
    approval: approvalSchema.optional(),
  }),
  status: salePlanStatusSchema.optional(),
});

export type SalePlan = z.infer<typeof salePlanSchema>;
export type SalePlanStatus = NonNullable<SalePlan['status']>;

/** Parses a SalePlan. @throws ParseError naming the field, when `value` is not a SalePlan */
export function parseSalePlan(value: unknown): SalePlan {
  return parseWith(salePlanSchema, value, describeObject('SalePlan', value));
}

/**
 * Encodes a status for the API: measured numbers become Quantity strings of four digits, percentages whole numbers, and
 * long sentences are cut. `parseSalePlan` reads it back.
 *
 * @throws when a list is longer or a number larger than crds/saleplans.yaml allows
 */
export function encodeSalePlanStatus(status: SalePlanStatus): Readonly<Record<string, unknown>> {
  return z.encode(salePlanStatusSchema, status);
}
