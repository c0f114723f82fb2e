import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Facts } from '../../facts/facts-schema.ts';
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
        new ApiObject(this, `${name}-source`, {
          apiVersion: 'source.toolkit.fluxcd.io/v1',
          kind: 'GitRepository',
          metadata: { name: `marketplace-${name}` },
          spec: {
            interval: '1m',
            url: repository.url,
            ref: { branch: repository.revision },
            ignore: ['/*', `!/${path}/`, `/${path}/*`, ...files.map(file => `!/${path}/${file}`)].join('\n'),
          },
        });
      }
      new ApiObject(this, name, {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: `marketplace-${name}` },
        spec: {
          interval: '10m',
          prune: isPruned,
          // A sale is ready weeks later, and the delivery waits for all others.
          wait: name !== 'sales' && name !== 'delivery',
          path: `./${path}`,
          sourceRef: { kind: 'GitRepository', name: files === undefined ? 'marketplace' : `marketplace-${name}` },
          ...(after.length === 0 ? {} : { dependsOn: after.map(each => ({ name: `marketplace-${each}` })) }),
        },
      });
    }
  }
}
