import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, partSizes, shardNames } from '../../facts/data-stores.ts';
import { storeNetworkPolicy } from './store-network-policy.ts';

const apiVersion = 'postgresql.cnpg.io/v1';

export interface PostgresDatabaseProps {
  readonly store: DataStore;
  /** Instances of each shard, including the primary. */
  readonly instances: number;
  /** Server connections per shard; its pooler shares them among the clients. @default 200 */
  readonly maxConnections?: number;
  /** Storage per instance. @default '20Gi' */
  readonly storage?: string;
}

/**
 * The database of one domain: a CloudNativePG cluster and a pooler per shard, and the map with which clients find the
 * shard of a key. The facts state the number of shards.
 */
export class PostgresDatabase extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { store, instances, maxConnections = 200, storage = '20Gi' }: PostgresDatabaseProps,
  ) {
    super(scope, id);
    const shards = shardNames(store);
    for (const name of shards) {
      new ApiObject(this, name, {
        apiVersion,
        kind: 'Cluster',
        metadata: { name },
        spec: {
          instances,
          primaryUpdateStrategy: 'unsupervised',
          storage: { size: storage },
          resources: requestsOf('postgres'),
          postgresql: { parameters: { max_connections: String(maxConnections) } },
          // A disruption budget for a single instance would block every drain of its node.
          ...(instances > 1 ? { minSyncReplicas: 1, maxSyncReplicas: instances - 1 } : { enablePDB: false }),
        },
      });
      new ApiObject(this, `${name}-pooler`, {
        apiVersion,
        kind: 'Pooler',
        metadata: { name: `${name}-pooler` },
        spec: {
          cluster: { name },
          instances,
          type: 'rw',
          pgbouncer: {
            poolMode: 'transaction',
            parameters: {
              max_client_conn: '2000',
              default_pool_size: String(Math.floor((maxConnections - 20) / instances)),
            },
          },
          template: { spec: { containers: [{ name: 'pgbouncer', resources: requestsOf('pooler') }] } },
        },
      });
    }
    new k8s.KubeNetworkPolicy(this, 'network-policy', {
      metadata: { name: `postgres-${store.domain}` },
      spec: storeNetworkPolicy(store),
    });
    shardMap(
      this,
      store,
      shards.map(name => `${name}-pooler:5432`),
    );
  }
}

/** A map from the hash of a key to its shard, for the clients of a domain. */
export function shardMap(scope: Construct, store: DataStore, addresses: readonly string[]): void {
  new k8s.KubeConfigMap(scope, 'shard-map', {
    metadata: { name: `postgres-${store.domain}-shards` },
    data: {
      SHARD_COUNT: String(addresses.length),
      SHARD_HASH: 'fnv1a-64 mod SHARD_COUNT',
      SHARDS: addresses.join(','),
    },
  });
}

function requestsOf(part: 'postgres' | 'pooler') {
  const { cpuMillicores, memoryMebibytes } = partSizes[part];
  return {
    requests: { cpu: `${cpuMillicores}m`, memory: `${memoryMebibytes}Mi` },
    limits: { memory: `${memoryMebibytes}Mi` },
  };
}
