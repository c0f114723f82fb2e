import type { Facts } from '../../facts/facts-schema.ts';

/** A part of the repository that is synced once for all environments. */
export interface SharedPart {
  readonly name: string;
  /** Folder in the repository. */
  readonly path: string;
  /** Files of the folder, where they are not all: names that Argo CD and Git both read. @default all */
  readonly files?: readonly string[];
  /** Namespace of its objects; absent where each names its own, or has none. */
  readonly namespace?: string;
  /** Whether an object that goes from Git is deleted in the cluster. */
  readonly isPruned: boolean;
  /** Names of the parts that have to be there first. */
  readonly after: readonly string[];
}

/**
 * The parts beside the environments: the operator with its CRDs, what is cluster-wide, the sales, and the delivery
 * itself, from which all others follow. CRDs are never pruned: with them go all objects of their kinds.
 */
export function sharedParts({ secretStore }: Pick<Facts, 'secretStore'>, delivery: string): readonly SharedPart[] {
  const system = { namespace: 'headstart-system', isPruned: true, after: ['operator'] };
  return [
    { name: 'delivery', path: `manifests/delivery/${delivery}`, isPruned: true, after: [] },
    {
      name: 'operator',
      path: 'manifests',
      files: ['crds.yaml', 'install.yaml'],
      namespace: 'headstart-system',
      isPruned: false,
      after: [],
    },
    { name: 'cluster', path: 'manifests/cluster', isPruned: true, after: ['operator'] },
    { name: 'nodes', path: 'manifests/nodes', isPruned: true, after: [] },
    { name: 'monitoring', path: 'manifests/monitoring', ...system },
    ...(secretStore === undefined ? [] : [{ name: 'credentials', path: 'manifests/credentials', ...system }]),
    { name: 'sales', path: 'sales', isPruned: true, after: ['operator'] },
  ];
}
