import type { Missing } from '../../api/missing.ts';
import type { WorkloadRef } from '../../api/workload-key.ts';
import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { type DiscoveredKind, discoverKind } from '../../kube/resources/discover-kind.ts';
import { apiVersionOf, type ResourceKind } from '../../kube/resources/resource-kind.ts';
import type { WorkloadObservation } from '../observation.ts';
import type { FindWorkload } from '../observe-namespace.ts';
import { observeScaled, type ScalableObject } from './observe-workload.ts';

/**
 * Creates a lookup that reads a workload outside the caches from the API server: any kind with a scale subresource.
 * When it cannot be found or may not be read, the result is a sentence for the author of the ScalingTarget.
 */
export function createFindWorkload(connection: Connection): FindWorkload {
  const kinds = new Map<string, Promise<DiscoveredKind | undefined>>();

  const discover = (ref: WorkloadRef, signal?: AbortSignal) => {
    const key = `${ref.apiVersion} ${ref.kind}`;
    const found = kinds.get(key) ?? discoverKind(connection.transport, ref, signal);
    kinds.set(key, found);
    // What is not served today may be installed tomorrow; a failure must not be remembered either.
    found.then(kind => kind === undefined && kinds.delete(key)).catch(() => kinds.delete(key));
    return found;
  };

  return async (namespace, ref, signal) => {
    try {
      const found = await discover(ref, signal);
      if (found === undefined) return { missing: `the cluster serves no ${ref.kind} in ${ref.apiVersion}.` };
      if (!found.scalable)
        return { missing: `a ${ref.kind} of ${ref.apiVersion} cannot be scaled: it has no scale subresource.` };
      return await readScaled(connection, found.kind, { namespace, name: ref.name }, signal);
    } catch (error) {
      signal?.throwIfAborted();
      return describeFailure(error, namespace, ref);
    }
  };
}

async function readScaled(
  connection: Connection,
  kind: ResourceKind,
  ref: { readonly namespace: string; readonly name: string },
  signal?: AbortSignal,
): Promise<WorkloadObservation> {
  const resource = connection.resource<ScalableObject>(kind as ResourceKind<ScalableObject>);
  const [object, scale] = await Promise.all([resource.get(ref, { signal }), resource.getScale(ref, { signal })]);
  return observeScaled({ apiVersion: apiVersionOf(kind), kind: kind.kind, ...object }, scale);
}

function describeFailure(error: unknown, namespace: string, ref: WorkloadRef): Missing {
  if (isApiError(error, 404)) return { missing: `there is no ${ref.kind} "${ref.name}" in namespace ${namespace}.` };
  const message = error instanceof Error ? error.message : String(error);
  return { missing: `${ref.kind} "${ref.name}" cannot be read: ${message}` };
}
