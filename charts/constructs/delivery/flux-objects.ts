import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ShopCluster } from '../../facts/clusters/shop-clusters.ts';
import type { Facts } from '../../facts/facts-schema.ts';

/** Follows the Git repository of the manifests. @param ignore lines as in .gitignore. @default nothing is left out */
export function addGitRepository(
  scope: Construct,
  id: string,
  {
    name,
    repository,
    ignore,
  }: { readonly name: string; readonly repository: Facts['repository']; readonly ignore?: string },
): void {
  new ApiObject(scope, id, {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name },
    spec: {
      interval: '1m',
      url: repository.url,
      ref: { branch: repository.revision },
      ...(ignore === undefined ? {} : { ignore }),
    },
  });
}

/** Says how Flux reaches a cluster; nothing where it runs in it. */
export function kubeConfigOf({ kubeConfigSecret }: Pick<ShopCluster, 'kubeConfigSecret'>) {
  return kubeConfigSecret === undefined ? {} : { kubeConfig: { secretRef: { name: kubeConfigSecret } } };
}

/** Applies one part of the manifests every ten minutes. */
export function addKustomization(scope: Construct, name: string, spec: object): void {
  new ApiObject(scope, name, {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name },
    spec: { interval: '10m', ...spec },
  });
}
