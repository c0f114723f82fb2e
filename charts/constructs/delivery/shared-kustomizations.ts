import { Construct } from 'constructs';
import type { Facts } from '../../facts/facts-schema.ts';
import { addGitRepository, addKustomization } from './flux-objects.ts';
import type { SharedPart } from './shared-parts.ts';

export interface SharedKustomizationsProps {
  readonly parts: readonly SharedPart[];
  readonly repository: Facts['repository'];
}

/**
 * Flux: a Kustomization for each part beside the environments, each after those that it needs. A Kustomization takes
 * whole folders, so that single files come from a source that leaves all others out.
 */
export class SharedKustomizations extends Construct {
  constructor(scope: Construct, id: string, { parts, repository }: SharedKustomizationsProps) {
    super(scope, id);
    for (const { name, path, files, isPruned, after } of parts) {
      if (files !== undefined) {
        addGitRepository(this, `${name}-source`, {
          name: `marketplace-${name}`,
          repository,
          ignore: ['/*', `!/${path}/`, `/${path}/*`, ...files.map(file => `!/${path}/${file}`)].join('\n'),
        });
      }
      addKustomization(this, name, {
        prune: isPruned,
        // A sale is ready weeks later, and the delivery waits for all others.
        wait: name !== 'sales' && name !== 'delivery',
        path: `./${path}`,
        sourceRef: { kind: 'GitRepository', name: files === undefined ? 'marketplace' : `marketplace-${name}` },
        ...(after.length === 0 ? {} : { dependsOn: after.map(each => ({ name: `marketplace-${each}` })) }),
      });
    }
  }
}
