import type { FlashSale } from '../../api/flash-sale.ts';
import type { Missing } from '../../api/missing.ts';
import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { limitRanges, resourceQuotas } from '../../kube/resources/resource-kind.ts';
import { guardFault, readGuard } from '../../observe/approval-guard.ts';
import { observeLimitRange, observeQuota } from '../../observe/capacity/observe-limits.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import { type NamespaceObjects, readable } from '../../observe/namespace-objects.ts';
import type { Limits, Observation } from '../../observe/observation.ts';
import { observeNamespace } from '../../observe/observe-namespace.ts';
import { readNamespace } from '../../observe/read-namespace.ts';
import { createFindWorkload } from '../../observe/workloads/find-workload.ts';

/** What a preview on a live cluster is made of, beside what it reads there. */
export interface LivePreviewInput {
  readonly namespace: string;
  /** The sales to preview; one of the cluster with the same name is taken as edited. */
  readonly sales: readonly FlashSale[];
  /** Epoch ms. */
  readonly now: number;
  readonly limits: Limits;
  readonly demand: Pick<DemandHistory, 'observe' | 'read' | 'typeOf'>;
}

/**
 * Observes a namespace of a live cluster as the operator does, as if the given sales were announced there. Reads with the
 * rights of the caller and writes nothing.
 *
 * @throws ApiError, TransportError when a kind that a plan needs cannot be listed
 */
export async function livePreview(connection: Connection, input: LivePreviewInput): Promise<Observation> {
  const { namespace, sales, now, limits, demand } = input;
  const [objects, surroundings] = await Promise.all([
    readNamespace(connection, namespace),
    readSurroundings(connection, namespace),
  ]);
  if (objects.targets.length === 0)
    throw new Error(
      `namespace ${namespace} has no ScalingTarget: name another one with -n, or adopt its HPAs with headstart adopt --all`,
    );
  return observeNamespace({
    now,
    namespace,
    objects: { ...objects, ...surroundings, sales: withAnnounced(objects.sales, sales, namespace) },
    limits,
    clockSkewMs: connection.serverClock.skewMs,
    demand,
    stock: demand,
    findWorkload: createFindWorkload(connection),
    lookAtGuard: (_, signal) => lookAtGuard(connection, signal),
  });
}

/** Puts each given sale among those of the cluster, in place of the one with its name, whose identity it keeps. */
function withAnnounced(
  live: NamespaceObjects['sales'],
  sales: readonly FlashSale[],
  namespace: string,
): NamespaceObjects['sales'] {
  const known = new Map(readable(live).map(sale => [sale.metadata.name, sale]));
  const named = new Set(sales.map(({ metadata }) => metadata.name));
  const others = live.filter(read => !named.has('value' in read ? read.value.metadata.name : read.unreadable.name));
  const announced = sales.map(sale => {
    const same = known.get(sale.metadata.name);
    const metadata = same === undefined ? { ...sale.metadata, namespace } : same.metadata;
    return { value: { ...same, ...sale, metadata } };
  });
  return [...others, ...announced];
}

/** Reads quotas and LimitRanges; those that the caller may not read are not counted. */
async function readSurroundings(
  connection: Connection,
  namespace: string,
): Promise<Pick<NamespaceObjects, 'quotas' | 'limitRanges'>> {
  const [quotas, ranges] = await Promise.all([
    unlessForbidden(connection.resource(resourceQuotas).list({ namespace })),
    unlessForbidden(connection.resource(limitRanges).list({ namespace })),
  ]);
  return {
    ...(quotas === undefined ? {} : { quotas: quotas.map(observeQuota).filter(quota => quota !== undefined) }),
    ...(ranges === undefined ? {} : { limitRanges: ranges.map(observeLimitRange) }),
  };
}

/** Looks at the guard of approvals; who may not read it is told nothing of it. */
async function lookAtGuard(connection: Connection, signal: AbortSignal | undefined): Promise<Missing | undefined> {
  const guard = await unlessForbidden(readGuard(connection, signal));
  return guard === undefined ? undefined : guardFault(guard);
}

async function unlessForbidden<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isApiError(error, 403, 404)) return undefined;
    throw error;
  }
}
