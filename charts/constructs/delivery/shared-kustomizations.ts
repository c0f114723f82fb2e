import { Construct } from 'constructs';
import type { ShopCluster } from '../../facts/clusters/shop-clusters.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { gitOpsAccount } from '../operator/team-roles.ts';
import { addGitRepository, addKustomization, kubeConfigOf } from './flux-objects.ts';
import { sharedParts } from './shared-parts.ts';

export interface SharedKustomizationsProps {
  readonly clusters: readonly ShopCluster[];
  readonly facts: Facts;
}

/**
 * Flux: a Kustomization for each part beside the environments, each after those that it needs. A Kustomization takes
 * whole folders, so that single files come from a source that leaves all others out. The sales are applied under the
 * account of the environments; all else needs rights of the whole cluster, and so Flux's own.
 */
export class SharedKustomizations extends Construct {
  constructor(scope: Construct, id: string, { clusters, facts }: SharedKustomizationsProps) {
    super(scope, id);
    const { name: shop, repository } = facts;
    for (const part of sharedParts(clusters, facts, 'flux')) {
      const { name, path, files, cluster, isPruned, isLimited = false, after } = part;
      const folders = path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
      if (files !== undefined) {
        addGitRepository(this, `${name}-source`, {
          name: `${shop}-${name}`,
          repository,
          ignore: [
            '/*',
            ...folders.flatMap(folder => [`!/${folder}/`, `/${folder}/*`]),
            ...files.map(file => `!/${path}/${file}`),
          ].join('\n'),
        });
      }
      addKustomization(this, `${shop}-${name}`, {
        prune: isPruned,
        // A sale is ready weeks later, and the delivery waits for all others.
        wait: !isLimited && cluster !== undefined,
        path: `./${path}`,
        ...(isLimited ? { serviceAccountName: gitOpsAccount(shop) } : {}),
        ...(cluster === undefined ? {} : kubeConfigOf(cluster)),
        sourceRef: { kind: 'GitRepository', name: files === undefined ? shop : `${shop}-${name}` },
        ...(after.length === 0 ? {} : { dependsOn: after.map(each => ({ name: `${shop}-${each}` })) }),
      });
    }
  }
}
