import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentFacts } from '../../../../charts/facts/facts-schema.ts';
import { findProblems } from '../../../../charts/facts/find-problems.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';

const own = readOwnFacts();

describe('the number of shards is one number', () => {
  test.each([1, 100])('%i of them: a cluster and a pooler each, the map, and a quota that has room', shards => {
    const files = stagingWith({ shards: { orders: shards } });
    const paths = [...files.keys()];
    expect(paths.filter(file => file.startsWith('staging/data/cluster.postgres-orders-'))).toHaveLength(shards);
    expect(paths.filter(file => file.startsWith('staging/data/pooler.postgres-orders-'))).toHaveLength(shards);
    const map = parse(files.get('staging/data/configmap.postgres-orders-shards.yaml') ?? '').data;
    expect([map.SHARD_COUNT, map.SHARDS.split(',').length]).toEqual([String(shards), shards]);
    expect(podsOf(files)).toBe(podsOf(stagingWith({ shards: { orders: 1 } })) + 2 * (shards - 1));
  });
});

test('external stores keep the names that services know, and take their credentials from the secret store', () => {
  const files = stagingWith({ dataStores: 'External' });
  const service = parse(files.get('staging/data/service.redis-cart.yaml') ?? '').spec;
  expect(service).toEqual({ type: 'ExternalName', externalName: 'redis-cart.data.staging.shop.example' });
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

function stagingWith(change: Partial<EnvironmentFacts>) {
  const environments = own.environments.map(each => (each.name === 'staging' ? { ...each, ...change } : each));
  const facts = { ...own, environments };
  expect(findProblems(facts)).toEqual([]);
  return synthesize(facts, { image: 'headstart:0', definitions: [] });
}

function podsOf(files: ReadonlyMap<string, string>): number {
  return Number(parse(files.get('staging/platform/resourcequota.peak.yaml') ?? '').spec.hard.pods);
}
