import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentFacts } from '../../../../charts/facts/environment-schema.ts';
import type { Facts } from '../../../../charts/facts/facts-schema.ts';
import { findProblems } from '../../../../charts/facts/problems/find-problems.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';

const own = readOwnFacts();

describe('the number of shards is one number', () => {
  test.each([1, 100])('%i of them: a cluster and a pooler each, the map, and a quota that has room', shards => {
    const files = stagingWith({ shards: { orders: shards } });
    const paths = [...files.keys()];
    expect(paths.filter(file => file.startsWith('staging/data/cluster.postgres-orders-'))).toHaveLength(shards);
    expect(paths.filter(file => file.startsWith('staging/data/pooler.postgres-orders-'))).toHaveLength(shards);
    expect(mapOf(files).data.SHARDS.split(',')).toHaveLength(shards);
    expect(podsOf(files)).toBe(podsOf(stagingWith({ shards: { orders: 1 } })) + 2 * (shards - 1));
  });

  test('every bucket has one shard, and a map is named after its content and never changed in place', () => {
    const maps = [1, 3, 4].map(shards => mapOf(stagingWith({ shards: { orders: shards } })));
    for (const { immutable, data } of maps) {
      const ranges = data.BUCKETS.split(',').map((range: string) => range.split('=')[0]?.split('-').map(Number));
      const covered = ranges.flatMap(([from = 0, to = 0]: number[]) =>
        Array.from({ length: to - from + 1 }, (_, index) => from + index),
      );
      expect(covered).toEqual(Array.from({ length: Number(data.BUCKET_COUNT) }, (_, index) => index));
      expect(immutable).toBe(true);
    }
    expect(new Set(maps.map(({ metadata }) => metadata.name)).size).toBe(3);
    expect(new Set(maps.map(({ data }) => data.BUCKET_COUNT)).size).toBe(1);
  });
});

test('external stores keep the names that services know, and take their credentials from the secret store', () => {
  const files = stagingWith({ dataStores: 'External', shards: { orders: 2 } });
  const service = parse(files.get('staging/data/service.redis-cart.yaml') ?? '').spec;
  expect(service).toEqual({ type: 'ExternalName', externalName: 'redis-cart.data.staging.shop.example' });
  const { data } = mapOf(files);
  expect(data.SHARDS).toBe('postgres-orders-0:5432,postgres-orders-1:5432');
  expect(
    parse(files.get('staging/data/externalsecret.redis-cart-credentials.yaml') ?? '').spec.dataFrom[0].extract.key,
  ).toBe('staging/redis-cart');
});

test('a database of one instance has no budget that would hold a drain up', () => {
  const files = stagingWith({});
  expect(parse(files.get('staging/data/cluster.postgres-orders-0.yaml') ?? '').spec.enablePDB).toBe(false);
});

test('a store answers the services that use it and no other', () => {
  const policy = parse(stagingWith({}).get('staging/data/networkpolicy.postgres-orders.yaml') ?? '').spec;
  const names = policy.ingress[0].from.map(
    (peer: { podSelector: { matchLabels: object } }) => Object.values(peer.podSelector.matchLabels)[0],
  );
  expect(names).toEqual(['checkout', 'orders']);
});

describe('what holds data', () => {
  const kinds = ['Cluster', 'Elasticsearch', 'RedisReplication', 'ObjectStore', 'ScheduledBackup'];
  const files = stagingWith({ stage: 'production' });
  const objects = [...files].filter(([file]) => file.startsWith('staging/data/')).map(([, text]) => parse(text));
  const holders = objects.filter(({ kind }) => kinds.includes(kind));
  const named = (kind: string, name: string) =>
    objects.find(object => object.kind === kind && object.metadata.name === name);

  test('is deleted by neither Argo CD nor Flux when its manifest goes', () => {
    expect([...new Set(holders.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
    for (const { metadata } of holders) {
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      });
    }
    expect(named('Elasticsearch', 'elasticsearch-products').spec.volumeClaimDeletePolicy).toBe('DeleteOnScaledownOnly');
    expect(
      named('RedisReplication', 'redis-cart').spec.kubernetesConfig.persistentVolumeClaimRetentionPolicy.whenDeleted,
    ).toBe('Retain');
  });

  test('is evicted for no service', () => {
    const values = [...files]
      .filter(([file]) => file.startsWith('cluster/priorityclass.'))
      .map(([, text]) => parse(text))
      .sort((a, b) => b.value - a.value);
    expect(values[0].metadata.name).toBe('marketplace-data');
    const classes = objects.flatMap(({ kind, spec }) => {
      if (kind === 'StatefulSet' || kind === 'Pooler') return [spec.template.spec.priorityClassName];
      if (kind === 'Elasticsearch') return [spec.nodeSets[0].podTemplate.spec.priorityClassName];
      return ['Cluster', 'RedisReplication', 'RedisSentinel'].includes(kind) ? [spec.priorityClassName] : [];
    });
    expect(classes.length).toBeGreaterThan(15);
    expect([...new Set(classes)]).toEqual(['marketplace-data']);
  });

  test('is a PostgreSQL of a fixed version that waits for a standby, copied every day and to the second', () => {
    const { spec } = named('Cluster', 'postgres-orders-0');
    expect(spec.imageName).toMatch(/:\d+\.\d+/);
    expect(spec.postgresql.synchronous).toEqual({
      method: 'any',
      number: 1,
      dataDurability: 'required',
      failoverQuorum: true,
    });
    expect(spec.storage.size).toBe('60Gi');
    const [plugin] = spec.plugins;
    expect(plugin.isWALArchiver).toBe(true);
    expect(named('ObjectStore', plugin.parameters.barmanObjectName).spec.configuration.destinationPath).toBe(
      's3://marketplace-backups/staging/postgres-orders-0',
    );
    expect(named('ScheduledBackup', 'postgres-orders-0').spec).toMatchObject({
      cluster: { name: 'postgres-orders-0' },
      method: 'plugin',
      backupOwnerReference: 'none',
    });
  });

  test('shows its metrics to Prometheus', () => {
    const { spec } = named('PodMonitor', 'postgres-orders');
    const policy = named('NetworkPolicy', 'postgres-orders').spec;
    expect(spec.selector).toEqual(policy.podSelector);
    expect(policy.ingress).toContainEqual({
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      ports: [9187, 9127].map(port => ({ port, protocol: 'TCP' })),
    });
  });

  test('is a cart on three disks, with a password and sentinels, and not a cache', () => {
    const { spec } = named('RedisReplication', 'redis-cart');
    expect(spec.clusterSize).toBe(3);
    expect(spec.redisConfig.dynamicConfig).toContain('appendonly yes');
    expect(spec.redisConfig.dynamicConfig).toContain('maxmemory-policy noeviction');
    expect(spec.storage.volumeClaimTemplate.spec.resources.requests.storage).toBe('8Gi');
    expect(named('RedisSentinel', 'redis-cart').spec.redisSentinelConfig.redisReplicationName).toBe('redis-cart');
    expect(named('ExternalSecret', spec.kubernetesConfig.redisSecret.name)).toBeDefined();
    const { env } = parse(files.get('staging/cart/deployment.cart.yaml') ?? '').spec.template.spec.containers[0];
    expect(env).toContainEqual({ name: 'REDIS_CART_ADDRESS', value: 'redis-cart-master:6379' });
    expect(named('StatefulSet', 'redis-catalog').spec.template.spec.containers[0].args).toContain('allkeys-lfu');
  });

  test('is an index whose user administers nothing, and whose certificate its callers can check', () => {
    const { auth } = named('Elasticsearch', 'elasticsearch-products').spec;
    const user = named('ExternalSecret', auth.fileRealm[0].secretName).spec.target.template;
    expect(user).toMatchObject({ type: 'kubernetes.io/basic-auth', data: { roles: 'shop' } });
    const { data } = named('ExternalSecret', auth.roles[0].secretName).spec.target.template;
    expect(Object.keys(parse(data['roles.yml']))).toEqual(['shop']);
    expect(data['roles.yml']).not.toContain('cluster');
    const { volumes } = parse(files.get('staging/search/deployment.search.yaml') ?? '').spec.template.spec;
    const mounted = volumes.find(({ name }: { name: string }) => name === 'stores').projected.sources;
    expect(JSON.stringify(mounted)).toContain('elasticsearch-products-es-http-certs-public');
    expect(JSON.stringify(mounted)).not.toContain('es-elastic-user');
  });
});

describe('a namespace’s secrets', () => {
  const files = stagingWith({});
  test('are read through a SecretStore of its own, in a folder of its own', () => {
    const copies = [...files].filter(([file]) => file.includes('/externalsecret.')).map(([, text]) => parse(text));
    expect(copies.length).toBeGreaterThan(10);
    expect(copies.filter(({ spec }) => spec.secretStoreRef.kind !== 'SecretStore')).toEqual([]);
    const ofPreviews = copies.filter(({ metadata }) => metadata.namespace.startsWith('preview-'));
    expect(
      ofPreviews
        .filter(({ spec }) => !spec.dataFrom[0].extract.key.startsWith('preview/'))
        .map(({ metadata }) => metadata),
    ).toEqual([]);
    expect(
      parse(files.get('namespaces/preview-search-ranking/serviceaccount.secrets.yaml') ?? '').metadata.annotations,
    ).toMatchObject({
      'eks.amazonaws.com/role-arn': expect.stringMatching(/-preview$/),
    });
  });
});

function stagingWith(change: Partial<EnvironmentFacts>) {
  const environments = own.environments.map(each => (each.name === 'staging' ? { ...each, ...change } : each));
  const facts: Facts = { ...own, environments };
  expect(findProblems(facts)).toEqual([]);
  return synthesize(facts, { image: 'headstart:0', definitions: [] });
}

function mapOf(files: ReadonlyMap<string, string>) {
  const [found] = [...files].filter(([file]) => file.startsWith('staging/data/configmap.postgres-orders-shards-'));
  return parse(found?.[1] ?? '');
}

function podsOf(files: ReadonlyMap<string, string>): number {
  return Number(parse(files.get('namespaces/staging/resourcequota.peak.yaml') ?? '').spec.hard.pods);
}
