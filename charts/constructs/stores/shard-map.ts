import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataStore, shardNames } from '../../facts/data-stores.ts';
import type { EnvironmentFacts } from '../../facts/environment-schema.ts';
import { ownFact } from '../../own-fact.ts';

/** The logical buckets that keys are hashed to; never changed, so that only a bucket's place ever changes. */
const buckets = 1024;

/** The entries of a domain's shard map. */
export function shardMapData(store: DataStore, environment: EnvironmentFacts): Readonly<Record<string, string>> {
  const addresses = shardNames(store).map(name =>
    environment.dataStores === 'External' ? `${name}:5432` : `${name}-pooler:5432`,
  );
  const firstOf = (shard: number) => Math.ceil((shard * buckets) / addresses.length);
  return {
    BUCKET_COUNT: String(buckets),
    BUCKET_HASH: 'fnv1a-64 mod BUCKET_COUNT',
    BUCKETS: addresses.map((address, shard) => `${firstOf(shard)}-${firstOf(shard + 1) - 1}=${address}`).join(','),
    SHARDS: addresses.join(','),
  };
}

/** The name of a domain's shard map, with a hash of its content: pods of one template all read one map. */
export function shardMapName(store: DataStore, environment: EnvironmentFacts): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(shardMapData(store, environment)))
    .digest('hex');
  return `postgres-${store.domain}-shards-${hash.slice(0, 8)}`;
}

/** The statement by which `headstart validate --before` accepts another number of databases. */
function movedFrom(databases: number): Readonly<Record<string, string>> {
  return { 'headstart.dev/resharded-from': String(databases) };
}

export interface ShardMapProps {
  readonly store: DataStore;
  readonly environment: EnvironmentFacts;
}

/**
 * Where the clients of a domain find a key: its hash gives one of 1,024 buckets, the map the bucket's database. The
 * ConfigMap is immutable and named after its content, so that a change reaches pods by a rollout alone.
 */
export class ShardMap extends Construct {
  constructor(scope: Construct, id: string, { store, environment }: ShardMapProps) {
    super(scope, id);
    const moved = ownFact(environment.reshardedFrom, store.domain);
    new k8s.KubeConfigMap(this, 'map', {
      metadata: {
        name: shardMapName(store, environment),
        ...(moved === undefined ? {} : { annotations: movedFrom(moved) }),
      },
      immutable: true,
      data: shardMapData(store, environment),
    });
  }
}
