import { ownFact } from '../own-fact.ts';
import type { EnvironmentFacts, ServiceFacts } from './facts-schema.ts';

/** A data store of the services: `postgres-orders` is the PostgreSQL of the domain orders. */
export interface DataStore {
  readonly kind: 'postgres' | 'redis' | 'elasticsearch';
  readonly domain: string;
  /** Number of databases of the domain; always 1 except for PostgreSQL. */
  readonly shards: number;
  /** The requests of its pods together. */
  readonly resources: { readonly cpuMillicores: number; readonly memoryMebibytes: number; readonly pods: number };
  /** The services that use it, and how much one replica of each uses. */
  readonly users: readonly { readonly service: string; readonly perReplica: number }[];
}

/** The size of one pod of each part. */
export const partSizes = {
  postgres: { cpuMillicores: 1000, memoryMebibytes: 2048 },
  pooler: { cpuMillicores: 200, memoryMebibytes: 128 },
  redis: { cpuMillicores: 250, memoryMebibytes: 512 },
  elasticsearch: { cpuMillicores: 1000, memoryMebibytes: 2048 },
} as const;

/** Instances of each part of a store: three in production, one elsewhere. */
export function instancesIn({ stage }: EnvironmentFacts): number {
  return stage === 'production' ? 3 : 1;
}

/** The stores that the services of an environment use, from the names in their `uses`; sorted by name. */
export function dataStoresOf(environment: EnvironmentFacts, services: readonly ServiceFacts[]): readonly DataStore[] {
  const names = new Set(services.flatMap(service => service.uses.map(use => use.limit)));
  return [...names].sort().flatMap(name => {
    const [, kind, domain] = /^(postgres|redis|elasticsearch)-(.+)$/.exec(name) ?? [];
    if (domain === undefined || (kind !== 'postgres' && kind !== 'redis' && kind !== 'elasticsearch')) return [];
    const shards = kind === 'postgres' ? (ownFact(environment.shards, domain) ?? 1) : 1;
    const users = services.flatMap(service =>
      service.uses.filter(use => use.limit === name).map(({ perReplica }) => ({ service: service.name, perReplica })),
    );
    return [{ kind, domain, shards, users, resources: resourcesOf(kind, shards, instancesIn(environment)) }];
  });
}

/** The databases of one domain: `postgres-orders-0`, `postgres-orders-1`. */
export function shardNames({ domain, shards }: DataStore): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `postgres-${domain}-${shard}`);
}

function resourcesOf(kind: DataStore['kind'], shards: number, instances: number): DataStore['resources'] {
  const parts = kind === 'postgres' ? [partSizes.postgres, partSizes.pooler] : [partSizes[kind]];
  const copies = kind === 'redis' ? 1 : instances * shards;
  return {
    cpuMillicores: copies * parts.reduce((sum, part) => sum + part.cpuMillicores, 0),
    memoryMebibytes: copies * parts.reduce((sum, part) => sum + part.memoryMebibytes, 0),
    pods: copies * parts.length,
  };
}
