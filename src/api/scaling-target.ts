import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { name, quantity } from './field.ts';
import { modeSchema } from './flash-sale.ts';
import { apiVersion } from './group.ts';
import { objectMetaSchema } from './object-meta.ts';
import { parseWith } from './parse-error.ts';

const replicas = z.int().min(0).max(100_000);

/** Bounds stay as they are in the named direction while paused. */
export const pausedSchema = z.enum(['None', 'Up', 'Down', 'Both']);
export type Paused = z.infer<typeof pausedSchema>;

/** What is scaled, by which demand, within which bounds, whom it calls. Schema and rules: crds/scalingtargets.yaml. */
export const scalingTargetSchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('ScalingTarget'),
  metadata: objectMetaSchema,
  spec: z.strictObject({
    workloadRef: z.strictObject({
      apiVersion: z.string().max(253).default('apps/v1'),
      kind: z.string().max(63).default('Deployment'),
      name,
    }),
    mode: modeSchema.default('ForecastOnly'),
    /** The bounds outside peaks, declared here and kept in Git: what a restore writes. */
    baseline: z.strictObject({ minReplicas: replicas.min(1), maxReplicas: replicas.min(1) }),
    /** Never above, whoever asks. */
    ceiling: replicas.min(1),
    /** Requests a second that one ready replica serves within its objective; a Quantity above 0. */
    capacityPerReplica: quantity,
    objective: z
      .strictObject({ p95Milliseconds: z.int().min(1).max(600_000).optional(), query: z.string().max(4096).optional() })
      .optional(),
    /** Always requests a second. */
    demand: z.strictObject({
      source: z.string().max(63).default('prometheus'),
      query: z.string().min(1).max(4096),
      stepSeconds: z.int().min(15).max(86_400).default(60),
      historyDays: z.int().min(1).max(400).default(28),
    }),
    tier: z.enum(['Critical', 'Standard', 'Background']).default('Standard'),
    headroomPercent: z.int().min(0).max(1000).default(15),
    leadTimeSeconds: z.int().min(0).max(86_400).default(90),
    entryPoint: z.boolean().default(false),
    calls: z
      .array(z.strictObject({ target: name, perThousandRequests: z.int().min(0).max(10_000_000) }))
      .max(64)
      .default([]),
    uses: z
      .array(z.strictObject({ limit: name, perReplica: z.int().min(0).max(1_000_000) }))
      .max(32)
      .optional(),
    ordinaryPeaks: z.boolean().default(false),
    paused: pausedSchema.default('None'),
  }),
  status: z
    .looseObject({
      observedGeneration: z.int().optional(),
      floor: z.int().optional(),
      bounds: z.object({ minReplicas: z.int(), maxReplicas: z.int() }).optional(),
      measuredLeadTimeSeconds: z.int().optional(),
      conditions: z.array(conditionSchema).optional(),
    })
    .optional(),
});

export type ScalingTarget = z.infer<typeof scalingTargetSchema>;
export type ScalingTargetSpec = ScalingTarget['spec'];
export type ScalingTargetStatus = NonNullable<ScalingTarget['status']>;

/** @throws ParseError naming the field, when `value` is no ScalingTarget */
export function parseScalingTarget(value: unknown): ScalingTarget {
  return parseWith(scalingTargetSchema, value, 'ScalingTarget');
}
