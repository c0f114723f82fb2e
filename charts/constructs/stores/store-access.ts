import { type DataStore, shardNames, storeName } from '../../facts/data-stores.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import { storePorts } from './store-network-policy.ts';

/** The name of the Secret with a store's credentials, where an ExternalSecret makes it. */
export function credentialsSecret(store: DataStore): string {
  return `${storeName(store)}-credentials`;
}

/** Where a store other than PostgreSQL answers, as host and port; a PostgreSQL's addresses are in its shard map. */
export function storeAddress(store: DataStore, { dataStores }: EnvironmentFacts): string {
  const name = storeName(store);
  if (store.kind === 'elasticsearch') return `${name}-es-http:${storePorts.elasticsearch}`;
  return dataStores === 'InCluster' && store.keepsData && store.instances > 1
    ? `${name}-master:${storePorts.redis}`
    : `${name}:${storePorts.redis}`;
}

/** One file of a store's credentials. */
export interface CredentialFile {
  readonly secret: string;
  readonly key: string;
  /** The path below /etc/stores. */
  readonly path: string;
}

/**
 * The credentials of a store as files below /etc/stores. They hold no address: PostgreSQL's secret names the primary,
 * past the pooler.
 */
export function credentialFiles(store: DataStore, { dataStores }: EnvironmentFacts): readonly CredentialFile[] {
  const name = storeName(store);
  const isInside = dataStores === 'InCluster';
  switch (store.kind) {
    case 'postgres':
      return shardNames(store).flatMap(shard =>
        ['username', 'password', 'dbname'].map(key => ({
          secret: isInside ? `${shard}-app` : credentialsSecret(store),
          key,
          path: `${shard}/${key}`,
        })),
      );
    case 'elasticsearch':
      return [
        ...['username', 'password'].map(key => ({ secret: credentialsSecret(store), key, path: `${name}/${key}` })),
        {
          secret: isInside ? `${name}-es-http-certs-public` : credentialsSecret(store),
          key: 'ca.crt',
          path: `${name}/ca.crt`,
        },
      ];
    case 'redis':
      return isInside && !store.keepsData
        ? []
        : [{ secret: credentialsSecret(store), key: 'password', path: `${name}/password` }];
  }
}

/** Whether a store's credentials are an entry of the secret store as it is; those of an index are made into a user. */
export function hasCopiedCredentials(store: DataStore, { dataStores }: EnvironmentFacts): boolean {
  return dataStores === 'External' || (store.kind === 'redis' && store.keepsData);
}
