import { Construct } from 'constructs';
import { type DataStore, dataStoresOf, instancesIn } from '../../facts/data-stores.ts';
import type { EnvironmentFacts, ServiceFacts } from '../../facts/facts-schema.ts';
import { ExternalStore } from './external-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { RedisCache } from './redis-cache.ts';
import { SearchIndex } from './search-index.ts';

export interface DataStoresProps {
  readonly environment: EnvironmentFacts;
  readonly services: readonly ServiceFacts[];
}

/** All stores that the services use: inside the cluster, or as names and credentials of stores elsewhere. */
export class DataStores extends Construct {
  constructor(scope: Construct, id: string, { environment, services }: DataStoresProps) {
    super(scope, id);
    const instances = instancesIn(environment);
    for (const store of dataStoresOf(environment, services)) {
      const storeId = `${store.kind}-${store.domain}`;
      if (environment.dataStores === 'External') {
        const { name, domain } = environment;
        new ExternalStore(this, storeId, { store, environment: name, domain });
      } else {
        createInside(this, storeId, store, instances);
      }
    }
  }
}

function createInside(scope: Construct, id: string, store: DataStore, instances: number): Construct {
  switch (store.kind) {
    case 'postgres':
      return new PostgresDatabase(scope, id, { store, instances });
    case 'redis':
      return new RedisCache(scope, id, { store });
    case 'elasticsearch':
      return new SearchIndex(scope, id, { store, nodes: instances });
  }
}
