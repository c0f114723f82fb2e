import type { ShopCluster } from '../../facts/clusters/shop-clusters.ts';
import type { Facts } from '../../facts/facts-schema.ts';

/** A part of the repository that is synced beside the environments. */
export interface SharedPart {
  readonly name: string;
  /** Folder in the repository. */
  readonly path: string;
  /** Files of the folder, where they are not all: names that Argo CD and Git both read. @default all */
  readonly files?: readonly string[];
  /** Namespace of its objects; absent where each names its own, or has none. */
  readonly namespace?: string;
  /** Where it is applied; absent for the cluster that delivers. */
  readonly cluster?: ShopCluster;
  /** Whether an object that goes from Git is deleted in the cluster. */
  readonly isPruned: boolean;
  /** Whether it needs no more than the rights of the environments' GitOps role. */
  readonly isLimited?: boolean;
  /** Names of the parts that have to be there first. */
  readonly after: readonly string[];
}

/**
 * The parts beside the environments: the delivery itself, from which all others follow, and in each cluster the operator
 * with its CRDs, what is cluster-wide, the namespaces and the sales. CRDs are never pruned: with them go all objects of
 * their kinds.
 */
export function sharedParts(
  clusters: readonly ShopCluster[],
  facts: Pick<Facts, 'secretStore'>,
  delivery: string,
): readonly SharedPart[] {
  const own = { name: 'delivery', path: `manifests/delivery/${delivery}`, isPruned: true, after: [] };
  return [own, ...clusters.flatMap(cluster => partsOf(cluster, facts))];
}

/** The name of a part: with that of its cluster, where there are several. */
export function partName(part: string, { name }: Pick<ShopCluster, 'name'>): string {
  return name === undefined ? part : `${name}-${part}`;
}

function partsOf(cluster: ShopCluster, { secretStore }: Pick<Facts, 'secretStore'>): readonly SharedPart[] {
  const { folder, name } = cluster;
  const named = (part: string) => partName(part, cluster);
  const at = (part: string) => ({ name: named(part), path: `manifests/${folder}${part}`, cluster, isPruned: true });
  const system = { namespace: 'headstart-system', after: [named('operator')] };
  return [
    {
      name: named('operator'),
      path: `manifests${folder === '' ? '' : `/clusters/${name}`}`,
      files: ['crds.yaml', 'install.yaml'],
      namespace: 'headstart-system',
      cluster,
      isPruned: false,
      after: [],
    },
    { ...at('cluster'), after: [named('operator')] },
    { ...at('namespaces'), after: [named('cluster')] },
    { ...at('nodes'), after: [] },
    { ...at('monitoring'), ...system },
    ...(secretStore === undefined ? [] : [{ ...at('credentials'), ...system }]),
    {
      ...at('sales'),
      path: name === undefined ? 'sales' : `sales/${name}`,
      isLimited: true,
      after: [named('operator'), named('namespaces')],
    },
  ];
}
