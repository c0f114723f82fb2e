import type { Connection } from '../kube/connect.ts';
import { discoverKind } from '../kube/resources/discover-kind.ts';
import type { ResourceKind } from '../kube/resources/resource-kind.ts';

/**
 * Returns the kind through which a workload is scaled; undefined when the API server does not serve it or it has no
 * scale.
 */
export type FindScaleKind = (ref: {
  readonly apiVersion: string;
  readonly kind: string;
}) => Promise<ResourceKind | undefined>;

/**
 * Asks the API server once per kind; asks again for a kind that was not found, because it may be installed at any time.
 */
export function createFindScaleKind(connection: Pick<Connection, 'transport'>): FindScaleKind {
  const known = new Map<string, ResourceKind>();
  return async ref => {
    const key = `${ref.apiVersion} ${ref.kind}`;
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const discovered = await discoverKind(connection.transport, ref);
    if (discovered === undefined || !discovered.scalable) return undefined;
    known.set(key, discovered.kind);
    return discovered.kind;
  };
}
