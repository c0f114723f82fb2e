import { z } from 'zod';
import { targetAccuracySchema } from './amounts/target-accuracy.ts';
import { autoscalerKindOf } from './autoscalers/autoscaler-kind.ts';
import { conditionsSchema } from './condition.ts';
import { describeObject, type FieldFault, parseWith } from './faults/parse-error.ts';
import {
  areDistinct,
  emergency,
  generation,
  instant,
  name,
  paused,
  positiveQuantity,
  rampUp,
  replicas,
  sourceName,
  zone,
} from './field.ts';
import { modeSchema } from './flash-sale.ts';
import { apiVersion } from './group.ts';
import { hasKeptHistory, tooLongHistory } from './kept-history.ts';
import { isComparable } from './learned/is-comparable.ts';
import { learnedFields } from './learned/learned-fields.ts';
import { isSizable, limitUseSchema, needsCapacity } from './limits/limit-use.ts';
import { objectMetaSchema } from './object-meta.ts';
import { reasonStepSchema } from './sale-plan.ts';
import { tiers } from './tier.ts';

/** Direction in which bounds are not changed while paused. */
export type Paused = z.infer<typeof paused>;

/** Time of the last change of bounds, and the steps behind it; the condition BoundsInForce has their sentence. */
export const lastChangeSchema = z.object({ at: instant, because: z.array(reasonStepSchema).max(64) });

/**
 * Schema of an object that a ScalingTarget has raised, as its status records it before the raise: which object, and its
 * bounds until then; of a workload without an HPA, its replicas twice.
 */
const raisedObjectSchema = z.object({
  apiVersion: z.string().max(253),
  kind: z.string().max(63),
  name,
  uid: z.string().min(1).max(128),
  minReplicas: replicas,
  maxReplicas: replicas,
});

/** Object that a ScalingTarget has raised and not yet restored. */
export type RaisedObject = z.infer<typeof raisedObjectSchema>;

/** Most objects that one ScalingTarget records; the CRD schema allows no more. */
export const mostRaised = 32;

const scalingTargetStatusSchema = z.looseObject({
  observedGeneration: generation.optional(),
  /** Floor in force now; absent when there is none. */
  floor: replicas.optional(),
  bounds: z.object({ minReplicas: replicas, maxReplicas: replicas }).optional(),
  lastChange: lastChangeSchema.optional(),
  /** Objects that were raised and are not restored yet, whatever the target refers to now. */
  raised: z.array(raisedObjectSchema).max(mostRaised).optional(),
  ...learnedFields,
  accuracy: targetAccuracySchema.optional().catch(undefined),
  conditions: conditionsSchema.optional(),
});

/** What is scaled, by which demand, within which bounds, and what it calls: crds/scalingtargets.yaml. */
export const scalingTargetSchema = z
  .object({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('ScalingTarget'),
    metadata: objectMetaSchema,
    spec: z.strictObject({
      workloadRef: z.strictObject({
        apiVersion: z
          .string()
          .max(253)
          .regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?v[a-z0-9]+$/, 'must be an apiVersion, as apps/v1')
          .default('apps/v1'),
        kind: z
          .string()
          .max(63)
          .regex(/^[A-Z][A-Za-z0-9]*$/, 'must be a kind, as Deployment')
          .default('Deployment'),
        name,
      }),
      mode: modeSchema.default('ForecastOnly'),
      /** Bounds outside peaks, declared here and kept in Git: a restore writes them. */
      baseline: z
        .strictObject({ minReplicas: replicas.min(1), maxReplicas: replicas.min(1) })
        .refine(
          ({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas,
          'minReplicas must be at most maxReplicas',
        ),
      /** Maximum replicas that no plan exceeds. */
      ceiling: replicas.min(1),
      /**
       * Requests per second that one ready replica serves within its objective; a Quantity above 0.
       * @default what was learned with `objective.query`, else a need is guessed from ordinary replicas
       */
      capacityPerReplica: positiveQuantity.optional(),
      objective: z
        .strictObject({
          p95Milliseconds: z.int().min(1).max(600_000).optional(),
          query: z.string().min(1).max(4096).optional(),
        })
        .refine(isComparable, 'query needs p95Milliseconds, which its values are compared with')
        .optional(),
      /** Source of the demand, in requests per second; a history has at most 180,000 samples, 125 days by the minute. */
      demand: z
        .strictObject({
          source: sourceName.default('prometheus'),
          query: z.string().min(1).max(4096),
          stepSeconds: z.int().min(15).max(86_400).default(60),
          historyDays: z.int().min(1).max(400).default(28),
          timeZone: zone.optional(),
        })
        .refine(hasKeptHistory, tooLongHistory),
      tier: z.enum(tiers).default('Standard'),
      headroomPercent: z.int().min(0).max(1000).default(15),
      leadTimeSeconds: z.int().min(0).max(86_400).default(90),
      /** Seconds after its readiness in which a pod serves slower. @default the workload's minReadySeconds */
      warmUpSeconds: z.int().min(0).max(86_400).optional(),
      /** Raises in steps that end `readyBeforeSeconds` and the lead time before a sale. @default in one write */
      rampUp: rampUp.optional(),
      entryPoint: z.boolean().default(false),
      calls: z
        .array(z.strictObject({ target: name, perThousandRequests: z.int().min(0).max(10_000_000) }))
        .max(64)
        .refine(calls => areDistinct(calls.map(call => call.target)), 'must not name a target twice')
        .default([]),
      uses: z
        .array(limitUseSchema)
        .max(32)
        .refine(uses => areDistinct(uses.map(use => use.limit)), 'must not name a limit twice')
        .optional(),
      ordinaryPeaks: z.boolean().default(false),
      paused: paused.default('None'),
      /** Beats the policy's; a pause beats both. */
      emergency: emergency.optional(),
    }),
    status: scalingTargetStatusSchema.optional(),
  })
  .superRefine(({ metadata, spec }, context) => {
    if (context.issues.length > 0) return;
    const message = describeCeiling(spec);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['spec', 'ceiling'], message });
    if (!isSizable(spec)) context.addIssue({ code: 'custom', path: ['spec', 'uses'], message: needsCapacity });
    if (spec.calls.some(call => call.target === metadata.name)) {
      context.addIssue({ code: 'custom', path: ['spec', 'calls'], message: 'must not name the target itself' });
    }
  });

export type ScalingTarget = z.infer<typeof scalingTargetSchema>;
export type ScalingTargetSpec = ScalingTarget['spec'];
export type ScalingTargetStatus = NonNullable<ScalingTarget['status']>;

/**
 * Encodes a status for the API: percentages become whole numbers.
 * @throws when a value is outside the bounds of crds/scalingtargets.yaml
 */
export function encodeScalingTargetStatus(status: ScalingTargetStatus): Readonly<Record<string, unknown>> {
  return z.encode(scalingTargetStatusSchema, status);
}

/** Parses a ScalingTarget. @throws ParseError naming the field, when `value` is not a ScalingTarget */
export function parseScalingTarget(value: unknown): ScalingTarget {
  return parseWith(scalingTargetSchema, value, describeObject('ScalingTarget', value), ceilingFaults);
}

const boundsSchema = z.object({
  spec: z.object({ ceiling: replicas, baseline: z.object({ maxReplicas: replicas }) }),
});

/** Checks the ceiling of a target, even when other fields are wrong. */
function ceilingFaults(value: unknown): readonly FieldFault[] {
  const bounds = boundsSchema.safeParse(value);
  const message = bounds.success ? describeCeiling(bounds.data.spec) : undefined;
  return message === undefined ? [] : [{ field: 'spec.ceiling', path: ['spec', 'ceiling'], message }];
}

function describeCeiling({ baseline, ceiling }: z.infer<typeof boundsSchema>['spec']): string | undefined {
  if (baseline.maxReplicas <= ceiling) return undefined;
  return `must be at least baseline.maxReplicas ${baseline.maxReplicas}, got ${ceiling}`;
}

/** Returns the entries of `status.raised` that can be read, each on its own, so that one bad entry hides no other. */
export function readRaised(status: unknown): readonly RaisedObject[] {
  const list = raisedListSchema.safeParse(status).data?.raised ?? [];
  return list.flatMap(entry => raisedObjectSchema.safeParse(entry).data ?? []);
}

const raisedListSchema = z.looseObject({ raised: z.array(z.unknown()) });

/** Returns true for an HPA or a ScaledObject, false for a workload. */
export function isAutoscaler(raised: Pick<RaisedObject, 'kind' | 'apiVersion'>): boolean {
  return autoscalerKindOf(raised) !== undefined;
}
