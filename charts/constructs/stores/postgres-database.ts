import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  clientsPerPooler,
  type DataStore,
  poolerSize,
  reservedConnections,
  shardNames,
} from '../../facts/data-stores.ts';
import type { BackupFacts } from '../../facts/store-schema.ts';
import { priorityClassName } from '../pods/priority.ts';
import { resourcesFor } from '../pods/resources.ts';
import { backupPlugin, DatabaseBackups } from './database-backups.ts';
import { kept } from './kept.ts';
import { storeNetworkPolicy, storeSelector } from './store-network-policy.ts';

const apiVersion = 'postgresql.cnpg.io/v1';

export interface PostgresDatabaseProps {
  readonly store: DataStore;
  /** The environment's folder in the bucket of backups. */
  readonly environment: string;
  /** @default none: no copies are made */
  readonly backups?: BackupFacts | undefined;
  /** @default 'ghcr.io/cloudnative-pg/postgresql:18.1-standard-trixie' */
  readonly image?: string;
}

/** The database of one domain: a CloudNativePG cluster and a pooler per shard. The facts state the number of shards. */
export class PostgresDatabase extends Construct {
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const { store, environment, backups } = props;
    for (const name of shardNames(store)) {
      new ApiObject(this, name, {
        apiVersion,
        kind: 'Cluster',
        metadata: { name, annotations: kept },
        spec: clusterSpec(name, props),
      });
      new ApiObject(this, `${name}-pooler`, {
        apiVersion,
        kind: 'Pooler',
        metadata: { name: `${name}-pooler` },
        spec: poolerSpec(name, store),
      });
      if (backups !== undefined) {
        new DatabaseBackups(this, `${name}-backups`, {
          cluster: name,
          folder: `${environment}/${name}`,
          facts: backups,
        });
      }
    }
    new k8s.KubeNetworkPolicy(this, 'network-policy', {
      metadata: { name: `postgres-${store.domain}` },
      spec: storeNetworkPolicy(store),
    });
    // Both the servers and the poolers show their metrics on a port of that name.
    new ApiObject(this, 'monitor', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: `postgres-${store.domain}` },
      spec: { selector: storeSelector(store), podMetricsEndpoints: [{ port: 'metrics', interval: '30s' }] },
    });
  }
}

function clusterSpec(
  name: string,
  {
    store,
    environment,
    backups,
    image = 'ghcr.io/cloudnative-pg/postgresql:18.1-standard-trixie',
  }: PostgresDatabaseProps,
) {
  const isReplicated = store.instances > 1;
  return {
    instances: store.instances,
    imageName: image,
    primaryUpdateStrategy: 'unsupervised',
    priorityClassName: priorityClassName('Data', store.shop),
    storage: { size: `${store.storageGibibytes}Gi` },
    resources: resourcesFor(store.size),
    postgresql: {
      parameters: { max_connections: String(store.maxConnections) },
      // A commit waits for one standby, and no standby that lacks it is promoted.
      ...(isReplicated
        ? { synchronous: { method: 'any', number: 1, dataDurability: 'required', failoverQuorum: true } }
        : {}),
    },
    // A disruption budget for a single instance would block every drain of its node.
    ...(isReplicated ? {} : { enablePDB: false }),
    ...(backups === undefined ? {} : backupPlugin(name, environment, backups)),
  };
}

function poolerSpec(cluster: string, { shop, instances, maxConnections }: DataStore) {
  return {
    cluster: { name: cluster },
    instances,
    type: 'rw',
    pgbouncer: {
      poolMode: 'transaction',
      parameters: {
        max_client_conn: String(clientsPerPooler),
        default_pool_size: String(Math.floor((maxConnections - reservedConnections) / instances)),
      },
    },
    template: {
      spec: {
        priorityClassName: priorityClassName('Data', shop),
        containers: [{ name: 'pgbouncer', resources: resourcesFor(poolerSize) }],
      },
    },
  };
}
