import { z } from 'zod';
import { conditionSchema } from './condition.ts';
import { name, quantity } from './field.ts';
import { modeSchema } from './flash-sale.ts';
import { apiVersion } from './group.ts';
import { objectMetaSchema } from './object-meta.ts';
import { parseWith } from './parse-error.ts';
import { pausedSchema } from './scaling-target.ts';

/** The only name that is acted on: one policy a namespace. */
export const policyName = 'default';

/** Caps, approval, pause, shared limits: the SRE's say over a namespace. Schema and rules: crds/scalingpolicies.yaml. */
export const scalingPolicySchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('ScalingPolicy'),
  metadata: objectMetaSchema,
  spec: z.strictObject({
    mode: modeSchema.default('Apply'),
    paused: pausedSchema.default('None'),
    maxReplicasPerTarget: z.int().min(1).max(100_000).optional(),
    /** Of the namespace. */
    maxTotalReplicas: z.int().min(1).max(1_000_000).optional(),
    approval: z
      .strictObject({
        abovePeakPercent: z.int().min(100).max(100_000).optional(),
        aboveExtraReplicas: z.int().min(0).max(1_000_000).optional(),
      })
      .optional(),
    limits: z
      .array(z.strictObject({ name, total: z.int().min(0).max(1_000_000_000) }))
      .max(64)
      .optional(),
    freeze: z
      .strictObject({ beforeSeconds: z.int().min(0).max(604_800), afterSeconds: z.int().min(0).max(604_800) })
      .optional(),
    nodeRoom: z.enum(['None', 'PlaceholderPods', 'CapacityBuffer']).default('None'),
    /** One write when absent; otherwise the minimum sinks by at most this share of the peak each minute. */
    rampDown: z.strictObject({ percentPerMinute: z.int().min(1).max(100) }).optional(),
    cost: z
      .strictObject({
        currency: z.string().length(3),
        replicaHour: quantity,
        orderValue: quantity.optional(),
        ordersPerHundredRequests: quantity.optional(),
      })
      .optional(),
    stockSource: z.string().max(63).optional(),
    notify: z.strictObject({ channel: z.string().max(253) }).optional(),
  }),
  status: z
    .looseObject({ observedGeneration: z.int().optional(), conditions: z.array(conditionSchema).optional() })
    .optional(),
});

export type ScalingPolicy = z.infer<typeof scalingPolicySchema>;
export type ScalingPolicySpec = ScalingPolicy['spec'];

/** @throws ParseError naming the field, when `value` is no ScalingPolicy */
export function parseScalingPolicy(value: unknown): ScalingPolicy {
  return parseWith(scalingPolicySchema, value, 'ScalingPolicy');
}

/** What holds in a namespace without a ScalingPolicy. */
export function defaultPolicySpec(): ScalingPolicySpec {
  return scalingPolicySchema.shape.spec.parse({});
}
