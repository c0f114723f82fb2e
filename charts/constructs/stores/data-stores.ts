import { Construct } from 'constructs';
import { type DataStore, dataStoresOf, storeName } from '../../facts/data-stores.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { secretFolder } from '../../facts/secret-store-schema.ts';
import { ExternalStore } from './external-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { RedisCache } from './redis-cache.ts';
import { RedisData } from './redis-data.ts';
import { SearchIndex } from './search-index.ts';
import { CopiedSecret } from './secret-store.ts';
import { ShardMap } from './shard-map.ts';
import { credentialsSecret, hasCopiedCredentials } from './store-access.ts';

export interface DataStoresProps {
  readonly environment: EnvironmentFacts;
  readonly facts: Facts;
}

/** All stores that the services use: inside the cluster, or as names and credentials of stores elsewhere. */
export class DataStores extends Construct {
  constructor(scope: Construct, id: string, props: DataStoresProps) {
    super(scope, id);
    const { environment, facts } = props;
    for (const store of dataStoresOf(environment, facts)) {
      const name = storeName(store);
      if (environment.dataStores === 'External') {
        new ExternalStore(this, name, { store, domain: environment.domain });
      } else {
        createInside(this, name, store, props);
      }
      if (hasCopiedCredentials(store, environment)) {
        new CopiedSecret(this, `${name}-credentials`, {
          secret: credentialsSecret(store),
          key: `${secretFolder(environment)}/${name}`,
        });
      }
      if (store.kind === 'postgres') new ShardMap(this, `${name}-shards`, { store, environment });
    }
  }
}

function createInside(
  scope: Construct,
  id: string,
  store: DataStore,
  { environment, facts }: DataStoresProps,
): Construct {
  switch (store.kind) {
    case 'postgres':
      return new PostgresDatabase(scope, id, {
        store,
        environment: environment.name,
        ...(environment.stage === 'preview' ? {} : { backups: facts.backups }),
      });
    case 'redis':
      return store.keepsData ? new RedisData(scope, id, { store }) : new RedisCache(scope, id, { store });
    case 'elasticsearch':
      return new SearchIndex(scope, id, { store, secretKey: `${secretFolder(environment)}/${storeName(store)}` });
  }
}
