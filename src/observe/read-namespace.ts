import { isApiError } from '../kube/api-error.ts';
import type { Connection } from '../kube/connect.ts';
import {
  autoscalers,
  capacityBuffers,
  deployments,
  flashSales,
  type ResourceKind,
  salePlans,
  scaledObjects,
  scalingPolicies,
  scalingTargets,
  statefulSets,
} from '../kube/resources/resource-kind.ts';
import type { KubeObject } from '../kube/resources/wire.ts';
import { observeBuffer } from './capacity/observe-buffer.ts';
import type { NamespaceObjects } from './namespace-objects.ts';
import { readFlashSale, readPolicy, readSalePlan, readScalingTarget } from './read-object.ts';
import { joinScaledObjects } from './workloads/join-scaled-objects.ts';
import { observeAutoscaler, observeScaledObject } from './workloads/observe-autoscaler.ts';
import { observeWorkload } from './workloads/observe-workload.ts';

/**
 * Reads the objects of one namespace from the API server as the caches would hold them, for commands that run once.
 *
 * @throws ApiError, TransportError when a kind cannot be listed
 */
export async function readNamespace(
  connection: Connection,
  namespace: string,
  signal?: AbortSignal,
): Promise<NamespaceObjects> {
  const list = async <T extends KubeObject, P>(kind: ResourceKind<T>, project: (object: T) => P) =>
    (await connection.resource(kind).list({ namespace, signal })).map(project);
  const [sales, targets, policies, plans, hpas, scaled, buffers, deployed, stateful] = await Promise.all([
    list(flashSales, readFlashSale),
    list(scalingTargets, readScalingTarget),
    list(scalingPolicies, readPolicy),
    list(salePlans, readSalePlan),
    list(autoscalers, observeAutoscaler),
    list(scaledObjects, observeScaledObject).catch(toNone),
    list(capacityBuffers, observeBuffer).catch(toNone),
    list(deployments, observeWorkload),
    list(statefulSets, observeWorkload),
  ]);
  return {
    sales,
    targets,
    policies,
    salePlans: plans,
    autoscalers: joinScaledObjects(hpas, scaled),
    workloads: [...deployed, ...stateful],
    buffers: buffers.filter(buffer => buffer !== undefined),
  };
}

/** Takes a kind that the cluster does not serve, or that the caller may not read, as one without objects. */
function toNone(error: unknown): readonly never[] {
  if (isApiError(error, 404) || isApiError(error, 403)) return [];
  throw error;
}
