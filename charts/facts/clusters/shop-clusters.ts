import type { EnvironmentFacts } from '../environment-schema.ts';
import type { Facts } from '../facts-schema.ts';
import type { OperatorFacts } from './operator-schema.ts';

/** A cluster of a shop and what is in it. */
export interface ShopCluster {
  /** Absent where the facts state no clusters: all environments are in the one that is synced. */
  readonly name?: string;
  /** The start of the paths of all that is in it: `clusters/<name>/`, or nothing for the only one. */
  readonly folder: string;
  /** Where Argo CD reaches its API server. */
  readonly server: string;
  /** The Secret with which Flux reaches it; absent where Flux runs in it. */
  readonly kubeConfigSecret?: string;
  /** Its minor version of Kubernetes, 36 for 1.36. */
  readonly minorVersion: number;
  readonly environments: readonly EnvironmentFacts[];
  readonly usesDatadog: boolean;
  /** Where people open the page of its operator. */
  readonly pageUrl: string;
  /** The settings of its operator. */
  readonly operator: OperatorFacts;
}

/** The API server of the cluster that Argo CD runs in. */
const ownServer = 'https://kubernetes.default.svc';

/** Lists the clusters of a shop: those that it states, else the one that has all environments. */
export function clustersOf(facts: Facts): readonly ShopCluster[] {
  const { clusters, environments, kubernetesVersion, operator, pageUrl } = facts;
  if (clusters.length === 0)
    return [
      {
        folder: '',
        server: ownServer,
        minorVersion: minorOf(kubernetesVersion),
        environments,
        usesDatadog: environments.some(isInDatadog),
        pageUrl,
        operator,
      },
    ];
  return clusters.map(cluster => {
    const { name, server = ownServer, kubeConfigSecret, kubernetesVersion: own, operator: settings } = cluster;
    const inside = environments.filter(({ cluster }) => cluster === name);
    return {
      name,
      folder: `clusters/${name}/`,
      server,
      ...(kubeConfigSecret === undefined ? {} : { kubeConfigSecret }),
      minorVersion: minorOf(own ?? kubernetesVersion),
      environments: inside,
      usesDatadog: inside.some(isInDatadog),
      pageUrl: cluster.pageUrl ?? pageUrl,
      operator: settings ?? operator,
    };
  });
}

function minorOf(version: string): number {
  return Number(version.slice('1.'.length));
}

function isInDatadog({ datadogSite }: EnvironmentFacts): boolean {
  return datadogSite !== undefined;
}
