import { ownFact } from '../own-fact.ts';
import type { EnvironmentFacts } from './environment-schema.ts';
import type { Facts } from './facts-schema.ts';

/** A data store of the services: `postgres-orders` is the PostgreSQL of the domain orders. */
export interface DataStore {
  readonly kind: 'postgres' | 'redis' | 'elasticsearch';
  readonly domain: string;
  /** The name of the shop. */
  readonly shop: string;
  /** Whether losing it loses data; false for a cache in front of another store. */
  readonly keepsData: boolean;
  /** Number of databases of the domain; always 1 except for PostgreSQL. */
  readonly shards: number;
  /** Pods of each database, or nodes of an index. */
  readonly instances: number;
  /** The size of one of these pods. */
  readonly size: PodSize;
  readonly storageGibibytes: number;
  /** Connections that one PostgreSQL serves. */
  readonly maxConnections: number;
  /** The pods of the store and their requests together, those beside it included. */
  readonly resources: PodSize & { readonly pods: number };
  /** The services that use it, and how much one replica of each uses. */
  readonly users: readonly { readonly service: string; readonly perReplica: number }[];
}

export interface PodSize {
  readonly cpuMillicores: number;
  readonly memoryMebibytes: number;
}

const kinds = ['postgres', 'redis', 'elasticsearch'] as const;

const defaultSizes = {
  postgres: { cpuMillicores: 1000, memoryMebibytes: 2048 },
  redis: { cpuMillicores: 250, memoryMebibytes: 512 },
  elasticsearch: { cpuMillicores: 1000, memoryMebibytes: 2048 },
} as const;

/** The size of a connection pooler's pod. */
export const poolerSize: PodSize = { cpuMillicores: 200, memoryMebibytes: 128 };

/** The size of a pod that watches a replicated Redis and elects its master. */
export const sentinelSize: PodSize = { cpuMillicores: 50, memoryMebibytes: 64 };

/** Sentinels of a replicated Redis: two of three must agree that the master is gone. */
export const sentinels = 3;

/** Connections of a PostgreSQL that its poolers leave free, for its operator, its replicas and a person. */
export const reservedConnections = 20;

/** Client connections that one pooler takes. */
export const clientsPerPooler = 2000;

/** Instances of each part of a store: three in production, one elsewhere. */
function instancesIn({ stage }: EnvironmentFacts): number {
  return stage === 'production' ? 3 : 1;
}

/** The stores that the services of an environment use, from the names in their `uses`; sorted by name. */
export function dataStoresOf(
  environment: EnvironmentFacts,
  { name: shop, services, stores }: Pick<Facts, 'name' | 'services' | 'stores'>,
): readonly DataStore[] {
  const names = new Set(services.flatMap(service => service.uses.map(use => use.limit)));
  return [...names].sort().flatMap(name => {
    const kind = kinds.find(each => name.startsWith(`${each}-`));
    if (kind === undefined) return [];
    const domain = name.slice(kind.length + 1);
    const facts = ownFact(stores, name) ?? {};
    const keepsData = kind !== 'redis' || facts.keeps === 'Data';
    const base = {
      kind,
      domain,
      shop,
      keepsData,
      shards: kind === 'postgres' ? (ownFact(environment.shards, domain) ?? 1) : 1,
      instances: keepsData ? instancesIn(environment) : 1,
      size: {
        cpuMillicores: facts.cpuMillicores ?? defaultSizes[kind].cpuMillicores,
        memoryMebibytes: facts.memoryMebibytes ?? defaultSizes[kind].memoryMebibytes,
      },
      storageGibibytes: facts.storageGibibytes ?? 20,
      maxConnections: facts.maxConnections ?? 200,
      users: services.flatMap(service =>
        service.uses
          .filter(use => use.limit === name)
          .map(({ perReplica = 0 }) => ({ service: service.name, perReplica })),
      ),
    };
    return [{ ...base, resources: resourcesOf(base) }];
  });
}

/**
 * Lists the shared limits of an environment that the facts know, by name: those that it states, and the connections
 * that the poolers in front of each PostgreSQL inside the cluster take. The limits of other stores are unknown.
 */
export function sharedLimitsIn(
  environment: EnvironmentFacts,
  stores: readonly DataStore[],
): readonly { readonly name: string; readonly total: number }[] {
  const pooled = environment.dataStores === 'External' ? [] : stores.filter(({ kind }) => kind === 'postgres');
  const totals = {
    ...Object.fromEntries(pooled.map(store => [storeName(store), store.instances * clientsPerPooler])),
    ...environment.limits,
  };
  return Object.entries(totals)
    .map(([name, total]) => ({ name, total }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The name of a store: that of its `uses`. */
export function storeName({ kind, domain }: Pick<DataStore, 'kind' | 'domain'>): string {
  return `${kind}-${domain}`;
}

/** The databases of one domain: `postgres-orders-0`, `postgres-orders-1`. */
export function shardNames({ domain, shards }: DataStore): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `postgres-${domain}-${shard}`);
}

function resourcesOf(store: Omit<DataStore, 'resources'>): DataStore['resources'] {
  const copies = store.instances * store.shards;
  const isReplicated = store.kind === 'redis' && store.keepsData && store.instances > 1;
  const parts = [
    { size: store.size, pods: copies },
    ...(store.kind === 'postgres' ? [{ size: poolerSize, pods: copies }] : []),
    ...(isReplicated ? [{ size: sentinelSize, pods: sentinels }] : []),
  ];
  const total = (of: (size: PodSize) => number) => parts.reduce((sum, { size, pods }) => sum + pods * of(size), 0);
  return {
    cpuMillicores: total(size => size.cpuMillicores),
    memoryMebibytes: total(size => size.memoryMebibytes),
    pods: total(() => 1),
  };
}
