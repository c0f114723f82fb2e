import { describe, expect, test } from 'vitest';
import type { DemandHistory } from '../../src/observe/demand-history.ts';
import type { NamespaceObjects } from '../../src/observe/namespace-objects.ts';
import type { Limits, WorkloadObservation } from '../../src/observe/observation.ts';
import { type FindWorkload, type ObserveInput, observeNamespace } from '../../src/observe/observe-namespace.ts';
import { readFlashSale, readPolicy, readSalePlan, readScalingTarget } from '../../src/observe/read-object.ts';
import { observeAutoscaler } from '../../src/observe/workloads/observe-autoscaler.ts';
import { flashSale, salePlan, scalingPolicy, scalingTarget } from '../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T18:00:00Z');
const limits: Limits = {
  replicasPerTarget: 1000,
  replicasPerNamespace: 10_000,
  surgeRoomPercent: 50,
  tickSeconds: 15,
  staleAfterSeconds: 300,
  writesPerSecond: 20,
};
const demand: Pick<DemandHistory, 'observe'> = {
  observe: async ({ source, query }) =>
    query === 'none' ? { missing: 'no sample' } : { recent, historyKey: query, ageSeconds: 30, source },
};
const recent = { start: 0, stepSeconds: 60, values: [1, null] };
const nowhere: FindWorkload = async (namespace, { kind, name }) => ({ missing: `no ${kind} ${name} in ${namespace}` });

const named = <T extends { metadata: object }>(object: T, name: string): T => ({
  ...object,
  metadata: { ...object.metadata, name },
});
const target = (name: string, spec: object = {}) =>
  named(scalingTarget({ workloadRef: { name }, demand: { query: name }, ...spec }), name);
const workload = (name: string, kind = 'Deployment'): WorkloadObservation => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  uid: `uid-${name}`,
  resourceVersion: '1',
  replicas: 4,
  readyReplicas: 4,
});
const hpa = (name: string, scales: string) =>
  observeAutoscaler({
    metadata: { name, uid: name, resourceVersion: '1' },
    spec: {
      minReplicas: 2,
      maxReplicas: 9,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: scales },
    },
  });

const nothing: NamespaceObjects = {
  sales: [],
  targets: [],
  policies: [],
  salePlans: [],
  autoscalers: [],
  workloads: [],
};
const observe = (
  objects: Partial<NamespaceObjects>,
  findWorkload = nowhere,
  lookAtGuard: ObserveInput['lookAtGuard'] = async () => undefined,
) =>
  observeNamespace({
    now,
    namespace: 'marketplace',
    objects: { ...nothing, ...objects },
    limits,
    demand,
    findWorkload,
    lookAtGuard,
  });

describe('an observation', () => {
  test('tells why approvals are not guarded, and asks only where a policy asks for approval', async () => {
    let looks = 0;
    const missing = async () => {
      looks += 1;
      return { missing: 'there is no guard' };
    };
    expect(await observe({}, nowhere, missing)).not.toHaveProperty('approvalGuard');
    expect(looks).toBe(0);
    const policies = [readPolicy(scalingPolicy({ approval: { aboveExtraReplicas: 10 } }))];
    expect(await observe({ policies }, nowhere, missing)).toHaveProperty('approvalGuard.missing', 'there is no guard');
  });

  test('of an empty namespace is whole', async () => {
    expect(await observe({})).toEqual({
      now,
      namespace: 'marketplace',
      sales: [],
      targets: [],
      policy: expect.objectContaining({ mode: 'Apply' }),
      limits,
      salePlans: [],
      unreadable: [],
    });
  });

  test('is the same bytes whatever the order of the caches', async () => {
    const objects: NamespaceObjects = {
      sales: ['b', 'a', '9'].map(name => readFlashSale(named(flashSale({}), name))),
      targets: ['search', 'cart'].map(name => readScalingTarget(target(name))),
      policies: [],
      salePlans: ['y', 'x'].map(name => readSalePlan(named(salePlan(), name))),
      autoscalers: [hpa('cart-b', 'cart'), hpa('cart-a', 'cart'), hpa('search', 'search')],
      workloads: [workload('search'), workload('cart')],
    };
    const reversed = Object.fromEntries(Object.entries(objects).map(([key, list]) => [key, list.toReversed()]));
    const observed = await observe(objects);
    expect(JSON.stringify(await observe(reversed))).toBe(JSON.stringify(observed));
    expect(observed.sales.map(sale => sale.metadata.name)).toEqual(['9', 'a', 'b']);
    expect(observed.targets.map(({ autoscalers }) => autoscalers.map(({ name }) => name))).toEqual([
      ['cart-a', 'cart-b'],
      ['search'],
    ]);
    expect(JSON.parse(JSON.stringify(observed))).toEqual(observed);
  });

  test('lists what cannot be read beside what can, and no policy that is not acted on', async () => {
    const bad = scalingPolicy({ mode: 'Aply' });
    const policy = (name: string) => readPolicy(named(bad, name));
    const observed = await observe({
      sales: [readFlashSale(named(flashSale({ endTime: 'never' }), 'bad')), readFlashSale(flashSale({}))],
      targets: [readScalingTarget(target('worse', { ceiling: 0 })), readScalingTarget(target('cart'))],
      policies: [policy('default'), policy('other')],
    });
    expect(observed.sales.map(sale => sale.metadata.name)).toEqual(['sneaker-drop']);
    expect(observed.targets.map(({ target: { metadata } }) => metadata.name)).toEqual(['cart']);
    expect(observed.unreadable.map(({ kind, name, field }) => `${kind} ${name} ${field}`)).toEqual([
      'FlashSale bad spec.endTime',
      'ScalingPolicy default spec.mode',
      'ScalingTarget worse spec.ceiling',
    ]);
  });
});

describe('a target', () => {
  const only = async (spec: object, objects: Partial<NamespaceObjects> = {}, find = nowhere, status?: object) => {
    const object = { ...target('cart', spec), ...(status === undefined ? {} : { status }) };
    const observed = await observe({ targets: [readScalingTarget(object)], ...objects }, find);
    return observed.targets[0];
  };

  test.each<[string, object, Partial<NamespaceObjects>, object]>([
    ['finds its workload in the cache', {}, { workloads: [workload('cart')] }, { workload: { uid: 'uid-cart' } }],
    [
      'tells kinds of one name apart',
      { workloadRef: { kind: 'StatefulSet', name: 'cart' } },
      { workloads: [workload('cart'), workload('cart', 'StatefulSet')] },
      { workload: { kind: 'StatefulSet' } },
    ],
    ['says that its workload is missing', {}, {}, { workload: { missing: 'no Deployment cart in marketplace' } }],
    ['has no HPA where none names its workload', {}, { autoscalers: [hpa('x', 'search')] }, { autoscalers: [] }],
    [
      'has every HPA that names its workload',
      {},
      { autoscalers: [hpa('z', 'cart'), hpa('y', 'cart')] },
      { autoscalers: [{ name: 'y' }, { name: 'z' }] },
    ],
    ['has its demand', {}, {}, { demand: { historyKey: 'cart', recent } }],
    ['says why it has no demand', { demand: { query: 'none' } }, {}, { demand: { missing: 'no sample' } }],
    ['states its lead time', { leadTimeSeconds: 77 }, {}, { leadTime: { seconds: 77, source: 'Stated' } }],
  ])('%s', async (_, spec, objects, expected) => {
    expect(await only(spec, objects)).toMatchObject(expected);
  });

  test('carries the floor of a workload without an HPA', async () => {
    const object = target('cart');
    const annotated = { ...object, metadata: { ...object.metadata, annotations: { 'headstart.dev/floor': '9' } } };
    const observed = await observe({ targets: [readScalingTarget(annotated)], workloads: [workload('cart')] });
    expect(observed.targets[0]?.workload).toEqual({ ...workload('cart'), floor: 9 });
    const missing = await observe({ targets: [readScalingTarget(annotated)] });
    expect(missing.targets[0]?.workload).toEqual({ missing: 'no Deployment cart in marketplace' });
  });

  test('prefers the lead time that was measured, and carries the scale-ups that were seen', async () => {
    const scaleUps = [{ at: '2026-11-20T19:00:00Z', workload: 'cart', added: 30, seconds: 200 }];
    expect((await only({}, {}, nowhere, { scaleUps }))?.leadTime.source).toBe('Measured');
    const seen = await only({}, { scaleUps: new Map([['apps/Deployment/cart', scaleUps]]) });
    expect(seen?.scaleUps).toEqual(scaleUps);
    expect(await only({}, {})).not.toHaveProperty('scaleUps');
  });

  test('of a kind that no cache holds is asked for', async () => {
    const asked: string[] = [];
    const find: FindWorkload = async (namespace, { apiVersion, kind, name }) => {
      asked.push(`${namespace} ${apiVersion} ${kind} ${name}`);
      return workload(name, kind);
    };
    const ref = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'cart' };
    expect(await only({ workloadRef: ref }, {}, find)).toMatchObject({ workload: { kind: 'Rollout' } });
    expect(asked).toEqual(['marketplace argoproj.io/v1alpha1 Rollout cart']);
  });
});
