import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ShopCluster } from '../../facts/clusters/shop-clusters.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { cronOf, type FreezeWindow } from '../../facts/freeze-window.ts';

export interface ArgoDeliveryProps {
  readonly clusters: readonly ShopCluster[];
  readonly facts: Facts;
  /** Windows around the sales in Git in which nothing is synced. @default none */
  readonly freezes?: readonly FreezeWindow[];
}

/** The kinds that stand in the namespaces' folder, which is the platform team's, and in no environment's own. */
const wallKinds = [
  ['', 'ResourceQuota'],
  ['', 'LimitRange'],
  ['rbac.authorization.k8s.io', 'Role'],
  ['rbac.authorization.k8s.io', 'RoleBinding'],
];

/** Tries again what waits for another Application, such as a namespace. */
export const syncRetry = { limit: 20, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } };

/**
 * Argo CD: one Application per environment that ignores an HPA's bounds, and sync windows that block syncs around
 * sales. Without the ignore rules, each sync would reset the bounds in the middle of a sale. Deployments need no such
 * rule, since no manifest states their replicas; with one, Argo CD would copy the live number of replicas into what it
 * applies, and own it.
 */
export class ArgoDelivery extends Construct {
  constructor(scope: Construct, id: string, props: ArgoDeliveryProps) {
    super(scope, id);
    const { clusters, facts, freezes = [] } = props;
    const { name: shop, environments, repository } = facts;
    new ApiObject(this, 'project', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: shop },
      spec: {
        sourceRepos: [repository.url],
        destinations: clusters.flatMap(({ server, environments: inside }) =>
          inside.map(({ namespace }) => ({ server, namespace })),
        ),
        clusterResourceWhitelist: [],
        namespaceResourceBlacklist: wallKinds.map(([group, kind]) => ({ group, kind })),
        ...(freezes.length === 0 ? {} : { syncWindows: freezes.map(freeze => syncWindow(freeze, environments)) }),
      },
    });
    for (const cluster of clusters) {
      for (const environment of cluster.environments) {
        new ApiObject(this, environment.name, {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          metadata: { name: `${shop}-${environment.name}` },
          spec: applicationSpec(environment, cluster, facts),
        });
      }
    }
  }
}

function applicationSpec({ name, namespace, stage }: EnvironmentFacts, { server, folder }: ShopCluster, facts: Facts) {
  return {
    project: facts.name,
    source: {
      repoURL: facts.repository.url,
      targetRevision: facts.repository.revision,
      path: `manifests/${folder}${name}`,
      directory: { recurse: true },
    },
    destination: { server, namespace },
    ignoreDifferences: [
      {
        group: 'autoscaling',
        kind: 'HorizontalPodAutoscaler',
        jsonPointers: ['/spec/minReplicas', '/spec/maxReplicas'],
      },
    ],
    syncPolicy: {
      ...(isSyncedByItself({ stage }) ? { automated: { prune: true, selfHeal: true }, retry: syncRetry } : {}),
      // Prune last: pods of the old template still read what goes, such as a shard map.
      syncOptions: ['RespectIgnoreDifferences=true', 'ServerSideApply=true', 'PruneLast=true'],
    },
  };
}

/** Whether syncs are automatic; in production a person or a pipeline starts them. */
function isSyncedByItself({ stage }: Pick<EnvironmentFacts, 'stage'>): boolean {
  return stage !== 'production';
}

/** A sync window for one date: by the time that its cron entry would come again, the sale is no longer in the folder. */
function syncWindow(freeze: FreezeWindow, environments: readonly EnvironmentFacts[]) {
  const { namespace } = freeze;
  return {
    kind: 'deny',
    ...cronOf(freeze),
    timeZone: 'UTC',
    namespaces: [namespace],
    // Where all syncs are manual, a window that allows manual syncs would block nothing.
    manualSync: environments.some(each => each.namespace === namespace && isSyncedByItself(each)),
  };
}
