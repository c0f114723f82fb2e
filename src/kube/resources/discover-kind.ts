import type { V1APIResourceList } from '@kubernetes/client-node';
import { isApiError } from '../api-error.ts';
import type { Transport } from '../http/transport.ts';
import { deployments, type ResourceKind, replicaSets, statefulSets } from './resource-kind.ts';
import type { Wire } from './wire.ts';

/** A kind as the API server lists it, and whether its objects have a scale subresource. */
export interface DiscoveredKind {
  readonly kind: ResourceKind;
  readonly scalable: boolean;
}

/**
 * Finds the resource of a workloadRef's kind by asking the API server, since a plural cannot be derived from a kind.
 * Undefined when the server does not serve the kind. The scalable kinds of apps/v1 need no request.
 *
 * @throws ApiError, TransportError when the request fails
 */
export async function discoverKind(
  transport: Transport,
  ref: { readonly apiVersion: string; readonly kind: string },
  signal?: AbortSignal,
): Promise<DiscoveredKind | undefined> {
  const known = knownKinds.find(({ kind }) => ref.apiVersion === 'apps/v1' && kind === ref.kind);
  if (known !== undefined) return { kind: known, scalable: true };
  const [version = '', group = ''] = ref.apiVersion.split('/').reverse();
  const path =
    group === ''
      ? `/api/${encodeURIComponent(version)}`
      : `/apis/${[group, version].map(encodeURIComponent).join('/')}`;
  const served = await transport.send({ method: 'GET', path, signal }).catch((error: unknown) => {
    if (isApiError(error, 404)) return undefined;
    throw error;
  });
  if (served === undefined) return undefined;
  const { resources = [] }: Partial<Wire<V1APIResourceList>> = JSON.parse(served.body.toString('utf8'));
  const found = resources.find(({ kind, name }) => kind === ref.kind && !name.includes('/'));
  if (found === undefined) return undefined;
  const { name: plural, namespaced } = found;
  return {
    kind: { group, version, kind: ref.kind, plural, namespaced },
    scalable: resources.some(({ name }) => name === `${plural}/scale`),
  };
}

const knownKinds: readonly ResourceKind<object>[] = [deployments, statefulSets, replicaSets];
