import { parseScalingTarget, type ScalingTarget } from '../../../src/api/scaling-target.ts';
import { readFlashSale } from '../../../src/observe/read-object.ts';
import { givenVersion as apiVersion, type GivenFields, givenNamespace as namespace } from './given-fields.ts';
import { flashSaleOf, type GivenSale } from './given-sales.ts';

/** What a given target says of its ScalingTarget. */
interface GivenObject {
  readonly spec?: GivenFields;
  readonly metadata?: GivenFields;
  readonly status?: GivenFields;
}

interface ParsedTarget extends Pick<GivenObject, 'metadata' | 'status'> {
  readonly name: string;
  readonly target: ScalingTarget;
}

const keptTargets = new WeakMap<GivenFields, ParsedTarget>();

/** The ScalingTarget of a given one as it is parsed; parsed once while neither its spec nor what is said of it is another object. */
export function parseGivenTarget(name: string, { spec, metadata, status }: GivenObject): ScalingTarget {
  const kept = spec === undefined ? undefined : keptTargets.get(spec);
  if (kept !== undefined && kept.name === name && kept.metadata === metadata && kept.status === status)
    return kept.target;
  const target = parseScalingTarget({
    apiVersion,
    kind: 'ScalingTarget',
    metadata: { name, namespace, ...metadata },
    spec: withoutNulls({
      workloadRef: { name },
      mode: 'Apply',
      baseline: { minReplicas: 4, maxReplicas: 20 },
      ceiling: 240,
      capacityPerReplica: '10',
      headroomPercent: 0,
      demand: { query: `requests{service="${name}"}` },
      ...spec,
    }),
    ...(status === undefined ? {} : { status }),
  });
  if (spec !== undefined)
    keptTargets.set(spec, { name, target, ...(metadata && { metadata }), ...(status && { status }) });
  return target;
}

/** What is left where a given field is null: one that its author leaves out, although it is laid over a default. */
function withoutNulls(fields: GivenFields): GivenFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

const keptReads = new WeakMap<GivenSale, ReturnType<typeof readFlashSale>>();

/** A given sale as it is read; read once, because worlds look at the same sale many times. */
export function readGivenSale(sale: GivenSale): ReturnType<typeof readFlashSale> {
  const read = keptReads.get(sale) ?? readFlashSale(flashSaleOf(sale));
  keptReads.set(sale, read);
  return read;
}
