import type { k8s } from 'cdk8s-plus-27';
import { type DataStore, shardNames } from '../../facts/data-stores.ts';
import type { SizedService } from '../../facts/sized-service.ts';

/**
 * The credentials of the stores that a service uses, as files such as `/etc/stores/postgres-orders-0/uri`. Inside the
 * cluster, each operator writes a secret for its store; elsewhere, the store's ExternalSecret does. A Redis inside the
 * cluster has none.
 */
export function storeCredentials({ facts, environment, stores }: SizedService) {
  const secrets = stores
    .filter(store => store.users.some(user => user.service === facts.name))
    .flatMap(store => (environment.dataStores === 'External' ? externalSecrets(store) : operatorSecrets(store)));
  const volumes: readonly k8s.Volume[] =
    secrets.length === 0
      ? []
      : [
          {
            name: 'stores',
            projected: {
              sources: secrets.map(({ secret, key, path }) => ({ secret: { name: secret, items: [{ key, path }] } })),
            },
          },
        ];
  const mounts = volumes.map(({ name }) => ({ name, mountPath: '/etc/stores', readOnly: true }));
  return { volumes, mounts };
}

interface StoreSecret {
  readonly secret: string;
  readonly key: string;
  /** The path below /etc/stores. */
  readonly path: string;
}

function externalSecrets({ kind, domain }: DataStore): readonly StoreSecret[] {
  const name = `${kind}-${domain}`;
  return [{ secret: `${name}-credentials`, key: 'uri', path: `${name}/uri` }];
}

/**
 * The secrets that the store operators write: CloudNativePG's `<cluster>-app` with a `uri`, and Elastic's
 * `<name>-es-elastic-user` with the password of `elastic`.
 */
function operatorSecrets(store: DataStore): readonly StoreSecret[] {
  const name = `${store.kind}-${store.domain}`;
  switch (store.kind) {
    case 'postgres':
      return shardNames(store).map(shard => ({ secret: `${shard}-app`, key: 'uri', path: `${shard}/uri` }));
    case 'elasticsearch':
      return [{ secret: `${name}-es-elastic-user`, key: 'elastic', path: `${name}/password` }];
    case 'redis':
      return [];
  }
}
