import { z } from 'zod';
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

/** A mode that cannot be read gives nothing up: that would end a running sale. */
const standIns = { mode: 'Apply', capacityPerReplica: '1', demand: { query: 'unreadable' } } as const;

/**
 * What can be read of a ScalingTarget that is unreadable as a whole, field by field: enough to put its bounds back, not to
 * raise them. What is lost has its default, or a stand-in that asks for nothing. Undefined when its workload or its
 * baseline is lost too: then nobody can say what to restore, or to what.
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

/** The fields that read well by themselves. */
function legible(shape: Readonly<Record<string, z.ZodType>>, raw: Fields): Fields {
  const read = Object.entries(shape).map(([key, field]): [string, unknown] => [key, field.safeParse(raw[key]).success]);
  const good = read.filter(([key, isGood]) => isGood && raw[key] !== undefined).map(([key]) => [key, raw[key]]);
  return Object.fromEntries(good);
}
