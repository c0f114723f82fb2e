import { z } from 'zod';
import { conditionsSchema } from './condition.ts';
import { describeObject, parseWith } from './faults/parse-error.ts';
import { amount, areDistinct, emergency, generation, instant, name, paused } from './field.ts';
import { modeSchema } from './flash-sale.ts';
import { apiVersion } from './group.ts';
import { stockSourceSchema } from './limits/stock-source.ts';
import { objectMetaSchema } from './object-meta.ts';
import { demandDefaultsSchema } from './series/demand-defaults.ts';

/** The only name that takes effect: one policy per namespace. */
export const policyName = 'default';

/** What `spec.freeze` comes to: the windows, and whether one is open, which the admission policy headstart-freeze reads. */
export const freezeStatusSchema = z.object({
  active: z.boolean(),
  since: instant.optional(),
  until: instant.optional(),
  windows: z.array(z.object({ start: instant, end: instant, sales: z.array(z.string().max(253)).max(16) })).max(50),
});

export type FreezeStatus = Readonly<z.infer<typeof freezeStatusSchema>>;

/**
 * Rules of the SRE for a namespace: caps, approval, pause, shared limits. Schema and rules: crds/scalingpolicies.yaml.
 */
export const scalingPolicySchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('ScalingPolicy'),
  metadata: objectMetaSchema.refine(
    ({ name: own }) => own === policyName,
    `must be named ${policyName}: one policy a namespace is acted on`,
  ),
  spec: z.strictObject({
    mode: modeSchema.default('Apply'),
    paused: paused.default('None'),
    emergency: emergency.optional(),
    maxReplicasPerTarget: z.int().min(1).max(100_000).optional(),
    /** Cap on the replicas of the whole namespace. */
    maxTotalReplicas: z.int().min(1).max(1_000_000).optional(),
    approval: z
      .strictObject({
        abovePeakPercent: z.int().min(100).max(100_000).optional(),
        aboveExtraReplicas: z.int().min(0).max(1_000_000).optional(),
      })
      .refine(
        ({ abovePeakPercent, aboveExtraReplicas }) =>
          abovePeakPercent !== undefined || aboveExtraReplicas !== undefined,
        'must state abovePeakPercent, aboveExtraReplicas or both',
      )
      .optional(),
    limits: z
      .array(z.strictObject({ name, total: z.int().min(0).max(1_000_000_000) }))
      .max(64)
      .refine(limits => areDistinct(limits.map(limit => limit.name)), 'must not name a limit twice')
      .optional(),
    freeze: z
      .strictObject({ beforeSeconds: z.int().min(0).max(604_800), afterSeconds: z.int().min(0).max(604_800) })
      .optional(),
    nodeRoom: z.enum(['None', 'PlaceholderPods', 'CapacityBuffer']).default('None'),
    /** Seconds before a sale's start in which its capacity is to be ready, so that a person can still act. */
    readyBeforeSeconds: z.int().min(0).max(86_400).default(300),
    /** Ramp down: the minimum falls by at most this share of the peak per minute; when absent, in one write. */
    rampDown: z.strictObject({ percentPerMinute: z.int().min(1).max(100) }).optional(),
    cost: z
      .strictObject({
        currency: z
          .string()
          .length(3)
          .regex(/^[A-Z]{3}$/, 'must be a currency of ISO 4217, as EUR'),
        replicaHour: amount,
        orderValue: amount.optional(),
        /** Orders per hundred requests at the entry points. */
        ordersPerHundredRequests: amount.optional(),
      })
      .optional(),
    demandDefaults: demandDefaultsSchema.optional(),
    stockSource: stockSourceSchema.optional(),
    notify: z.strictObject({ channel: z.string().min(1).max(253) }).optional(),
  }),
  status: z
    .looseObject({
      observedGeneration: generation.optional(),
      conditions: conditionsSchema.optional(),
      freeze: freezeStatusSchema.optional().catch(undefined),
    })
    .optional(),
});

export type ScalingPolicy = z.infer<typeof scalingPolicySchema>;
export type ScalingPolicySpec = ScalingPolicy['spec'];

/** Parses a ScalingPolicy. @throws ParseError naming the field, when `value` is not a ScalingPolicy */
export function parseScalingPolicy(value: unknown): ScalingPolicy {
  return parseWith(scalingPolicySchema, value, describeObject('ScalingPolicy', value));
}

/** Policy of a namespace without a ScalingPolicy. */
export function defaultPolicySpec(): ScalingPolicySpec {
  return scalingPolicySchema.shape.spec.parse({});
}
