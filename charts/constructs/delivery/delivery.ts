import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { EnvironmentFacts, Facts } from '../../facts/facts-schema.ts';
import { cronOf, type FreezeWindow } from '../../facts/freeze-window.ts';
import { addGitRepository, addKustomization } from './flux-objects.ts';
import { healthChecks } from './health-checks.ts';

export interface DeliveryProps {
  readonly environments: readonly EnvironmentFacts[];
  /** The Git repository of the manifests and the revision to follow. */
  readonly repository: Facts['repository'];
  /** Windows around the sales in Git in which nothing is synced. @default none */
  readonly freezes?: readonly FreezeWindow[];
}

/**
 * Argo CD: one Application per environment that ignores an HPA's bounds, and sync windows that block syncs around
 * sales. Without the ignore rules, each sync would reset the bounds in the middle of a sale. Deployments need no such
 * rule, since no manifest states their replicas; with one, Argo CD would copy the live number of replicas into what it
 * applies, and own it.
 */
export class ArgoDelivery extends Construct {
  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    const { environments, freezes = [] } = props;
    new ApiObject(this, 'project', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'marketplace' },
      spec: {
        sourceRepos: [props.repository.url],
        destinations: environments.map(({ namespace }) => ({ server: 'https://kubernetes.default.svc', namespace })),
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        ...(freezes.length === 0 ? {} : { syncWindows: freezes.map(freeze => syncWindow(freeze, environments)) }),
      },
    });
    for (const environment of environments) {
      new ApiObject(this, environment.name, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: `marketplace-${environment.name}` },
        spec: applicationSpec(environment, props),
      });
    }
    new k8s.KubeConfigMap(this, 'health', {
      metadata: { name: 'argocd-cm', labels: { 'app.kubernetes.io/part-of': 'argocd' } },
      data: healthChecks(),
    });
  }
}

/**
 * Flux: one Kustomization per environment. The HPAs carry the annotation with which Flux creates them once and never
 * updates them.
 */
export class FluxDelivery extends Construct {
  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    addGitRepository(this, 'repository', { name: 'marketplace', repository: props.repository });
    for (const { name } of props.environments) {
      addKustomization(this, name, {
        prune: true,
        wait: true,
        path: `./manifests/${name}`,
        dependsOn: [{ name: 'marketplace-cluster' }],
        sourceRef: { kind: 'GitRepository', name: 'marketplace' },
        patches: [
          {
            target: { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
            patch: [
              'apiVersion: autoscaling/v2',
              'kind: HorizontalPodAutoscaler',
              'metadata:',
              '  name: any',
              '  annotations:',
              '    kustomize.toolkit.fluxcd.io/ssa: IfNotPresent',
            ].join('\n'),
          },
        ],
      });
    }
  }
}

function applicationSpec({ name, namespace, stage }: EnvironmentFacts, props: DeliveryProps) {
  return {
    project: 'marketplace',
    source: {
      repoURL: props.repository.url,
      targetRevision: props.repository.revision,
      path: `manifests/${name}`,
      directory: { recurse: true },
    },
    destination: { server: 'https://kubernetes.default.svc', namespace },
    ignoreDifferences: [
      {
        group: 'autoscaling',
        kind: 'HorizontalPodAutoscaler',
        jsonPointers: ['/spec/minReplicas', '/spec/maxReplicas'],
      },
    ],
    syncPolicy: {
      ...(isSyncedByItself({ stage }) ? { automated: { prune: true, selfHeal: true } } : {}),
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
