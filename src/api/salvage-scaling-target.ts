import { z } from 'zod';
import { ownValue } from './names/own-value.ts';
import { type ScalingTarget, scalingTargetSchema } from './scaling-target.ts';

const { metadata: metadataSchema, spec: specSchema, status: statusSchema } = scalingTargetSchema.shape;
const rawSchema = z.looseObject({
  metadata: metadataSchema,
  spec: z.looseObject({
    workloadRef: specSchema.shape.workloadRef.strip(),
    baseline: specSchema.shape.baseline.strip(),
  }),
  status: z.looseObject({}).optional().catch(undefined),
});

/** Values for unreadable fields. The mode is `Apply`, because `ForecastOnly` would end a running sale. */
const standIns = { mode: 'Apply', demand: { query: 'unreadable' } } as const;

/**
 * Reads a ScalingTarget field by field when it cannot be parsed as a whole: enough to restore its bounds, not to raise
 * them. An unreadable field gets its default, or a value that requests nothing. Undefined when the workload or the
 * baseline is unreadable too: then what to restore is unknown.
 */
export function salvageScalingTarget(value: unknown): ScalingTarget | undefined {
  const raw = rawSchema.safeParse(value).data;
  if (raw === undefined) return undefined;
  const { apiVersion, kind } = scalingTargetSchema.shape;
  const { workloadRef, baseline } = raw.spec;
  const lost = { ...standIns, workloadRef, baseline, ceiling: baseline.maxReplicas };
  const spec = specSchema.safeParse({ ...lost, ...legible(specSchema.shape, raw.spec) }).data;
  const status = statusSchema.safeParse(legible(statusSchema.unwrap().shape, raw.status ?? {})).data;
  if (spec === undefined) return undefined;
  return {
    apiVersion: apiVersion.value,
    kind: kind.value,
    metadata: raw.metadata,
    spec,
    ...(raw.status === undefined || status === undefined ? {} : { status }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields that can be parsed on their own. */
function legible(shape: Readonly<Record<string, z.ZodType>>, raw: Fields): Fields {
  const read = Object.entries(shape).map(([key, field]): [string, unknown] => [
    key,
    field.safeParse(ownValue(raw, key)).success,
  ]);
  const good = read
    .filter(([key, isGood]) => isGood && ownValue(raw, key) !== undefined)
    .map(([key]) => [key, ownValue(raw, key)]);
  return Object.fromEntries(good);
}
