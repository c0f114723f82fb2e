import { describe, expect, test } from 'vitest';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';

interface Deployment extends KubeObject {
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly readyReplicas?: number; readonly replicas?: number };
}

const start = Date.parse('2026-11-27T19:00:00Z');

function makeStore(historyLimit?: number) {
  let now = start;
  let uid = 0;
  const store = new ObjectStore({
    clock: { now: () => now },
    resources: builtInResources,
    newUid: () => `uid-${++uid}`,
    ...(historyLimit === undefined ? {} : { historyLimit }),
  });
  return { store, deployments: store.collection<Deployment>('deployments.apps'), wait: (ms: number) => (now += ms) };
}

const deployment = (name: string, replicas = 2, namespace = 'shop'): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: { replicas },
});

describe('ObjectStore', () => {
  test('fills uid, resourceVersion, creationTimestamp and generation', () => {
    const { deployments } = makeStore();
    expect(deployments.create(deployment('checkout')).metadata).toEqual({
      name: 'checkout',
      namespace: 'shop',
      uid: 'uid-1',
      resourceVersion: '2',
      creationTimestamp: '2026-11-27T19:00:00Z',
      generation: 1,
    });
  });

  test('counts one resourceVersion over all resources', () => {
    const { store, deployments } = makeStore();
    deployments.create(deployment('a'));
    const pods = store.collection('pods');
    const pod = pods.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' } });
    expect(pod.metadata.resourceVersion).toBe('3');
    expect(store.resourceVersion).toBe(3);
  });

  test('moves generation with the spec, not with labels or status', () => {
    const { deployments } = makeStore();
    const created = deployments.create(deployment('checkout'));
    const labelled = deployments.update({ ...created, metadata: { ...created.metadata, labels: { tier: 'web' } } });
    expect(labelled.metadata.generation).toBe(1);
    expect(deployments.patchStatus('shop', 'checkout', { replicas: 2 }).metadata.generation).toBe(1);
    const scaled = deployments.update(deployment('checkout', 5));
    expect(scaled.metadata.generation).toBe(2);
    expect(scaled.status).toEqual({ replicas: 2 });
  });

  test('leaves an object alone when nothing changes', () => {
    const { store, deployments } = makeStore();
    const created = deployments.create(deployment('checkout'));
    const before = store.resourceVersion;
    expect(deployments.update(deployment('checkout'))).toBe(created);
    expect(store.resourceVersion).toBe(before);
  });

  test.each([
    ['a stale resourceVersion', { resourceVersion: '1' }, 'the object has been modified'],
    ['another uid', { uid: 'uid-9' }, 'Precondition failed: UID in precondition: uid-9, UID in object meta: uid-1'],
  ])('refuses an update with %s', (_, metadata, message) => {
    const { deployments } = makeStore();
    deployments.create(deployment('checkout'));
    const write = deployment('checkout', 9);
    expect(() => deployments.update({ ...write, metadata: { ...write.metadata, ...metadata } })).toThrow(message);
    expect(deployments.get('shop', 'checkout')?.spec.replicas).toBe(2);
  });

  test('refuses to create twice, and to change what is not there', () => {
    const { deployments } = makeStore();
    deployments.create(deployment('checkout'));
    expect(() => deployments.create(deployment('checkout'))).toThrow('deployments.apps "checkout" already exists');
    expect(() => deployments.update(deployment('search'))).toThrow('deployments.apps "search" not found');
    expect(() => deployments.patchStatus('shop', 'search', {})).toThrow('deployments.apps "search" not found');
    expect(() => deployments.delete('shop', 'search')).toThrow('deployments.apps "search" not found');
  });

  test('lists by namespace, sorted by name, without mixing namespaces that begin alike', () => {
    const { deployments } = makeStore();
    for (const [name, namespace] of [
      ['b', 'shop'],
      ['a', 'shop'],
      ['a', 'shop-eu'],
      ['c', 'sho'],
    ] as const) {
      deployments.create(deployment(name, 1, namespace));
    }
    expect(deployments.list('shop').map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(deployments.list()).toHaveLength(4);
    expect(deployments.list('nowhere')).toEqual([]);
  });

  test('keeps an object with finalizers until the last of them is taken away', () => {
    const { deployments, wait } = makeStore();
    const { metadata, spec } = deployment('checkout');
    deployments.create({ ...deployment('checkout'), metadata: { ...metadata, finalizers: ['headstart.dev/restore'] } });
    wait(60_000);
    const dying = deployments.delete('shop', 'checkout');
    expect(dying.metadata).toMatchObject({ deletionTimestamp: '2026-11-27T19:01:00Z', generation: 2 });
    expect(deployments.delete('shop', 'checkout')).toBe(dying);
    deployments.update({ ...dying, metadata: { ...dying.metadata, finalizers: [] }, spec });
    expect(deployments.get('shop', 'checkout')).toBeUndefined();
  });

  test('tells subscribers each change in order, their own writes after what caused them', () => {
    const { deployments } = makeStore();
    const seen: string[] = [];
    deployments.subscribe(({ type, object }) => {
      if (type === 'ADDED') deployments.patchStatus('shop', object.metadata.name, { readyReplicas: 1 });
    });
    const end = deployments.subscribe(({ type, object, previous }) => {
      seen.push(`${type} ${object.metadata.resourceVersion} after ${previous?.metadata.resourceVersion ?? '-'}`);
    });
    deployments.create(deployment('checkout'));
    deployments.delete('shop', 'checkout');
    end();
    deployments.create(deployment('search'));
    expect(seen).toEqual(['ADDED 2 after -', 'MODIFIED 3 after 2', 'DELETED 4 after 3']);
  });

  test('goes on from a resourceVersion, and says Expired once history is forgotten', () => {
    const { store, deployments } = makeStore();
    deployments.create(deployment('a'));
    const seen = store.resourceVersion;
    deployments.create(deployment('b'));
    expect(deployments.eventsSince(seen).map(({ object }) => object.metadata.name)).toEqual(['b']);
    deployments.forgetHistory();
    expect(() => deployments.eventsSince(seen)).toThrow(`too old resource version: ${seen} (${store.resourceVersion})`);
    expect(deployments.eventsSince(store.resourceVersion)).toEqual([]);
  });

  test('bounds its history', () => {
    const { deployments } = makeStore(10);
    for (let i = 0; i < 100; i++) deployments.create(deployment(`d${i}`));
    expect(() => deployments.eventsSince(1)).toThrow('too old resource version: 1');
    expect(deployments.eventsSince(91).map(({ object }) => object.metadata.name)).toEqual([
      'd90',
      'd91',
      'd92',
      'd93',
      'd94',
      'd95',
      'd96',
      'd97',
      'd98',
      'd99',
    ]);
  });

  test('a dry run returns the result and keeps nothing', () => {
    const { store, deployments } = makeStore();
    expect(deployments.create(deployment('a'), { dryRun: true }).metadata.resourceVersion).toBeUndefined();
    deployments.create(deployment('b'));
    expect(deployments.update(deployment('b', 7), { dryRun: true }).spec.replicas).toBe(7);
    expect(deployments.delete('shop', 'b', { dryRun: true }).metadata.name).toBe('b');
    expect(deployments.list().map(({ metadata, spec }) => [metadata.name, spec.replicas])).toEqual([['b', 2]]);
    expect(store.resourceVersion).toBe(2);
  });

  test('hands out objects nobody can change', () => {
    const { deployments } = makeStore();
    const stored = deployments.create(deployment('a'));
    expect(() => Object.assign(stored.spec, { replicas: 9 })).toThrow(TypeError);
  });
});
