import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ShopCluster } from '../../facts/clusters/shop-clusters.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { gitOpsAccount } from '../operator/team-roles.ts';
import { addGitRepository, addKustomization, kubeConfigOf } from './flux-objects.ts';
import { partName } from './shared-parts.ts';

export interface FluxDeliveryProps {
  readonly clusters: readonly ShopCluster[];
  readonly facts: Facts;
}

/**
 * Flux: one Kustomization per environment, under the account that the GitOps role of the environment is bound to. The
 * HPAs carry the annotation with which Flux creates them once and never updates them.
 */
export class FluxDelivery extends Construct {
  constructor(scope: Construct, id: string, { clusters, facts }: FluxDeliveryProps) {
    super(scope, id);
    const { name: shop, repository } = facts;
    addGitRepository(this, 'repository', { name: shop, repository });
    new ServiceAccount(this, 'account', {
      metadata: { name: gitOpsAccount(shop) },
    });
    for (const cluster of clusters) {
      for (const { name } of cluster.environments) {
        addKustomization(this, `${shop}-${name}`, {
          prune: true,
          wait: true,
          path: `./manifests/${cluster.folder}${name}`,
          serviceAccountName: gitOpsAccount(shop),
          ...kubeConfigOf(cluster),
          dependsOn: [{ name: `${shop}-${partName('namespaces', cluster)}` }],
          sourceRef: { kind: 'GitRepository', name: shop },
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
}
