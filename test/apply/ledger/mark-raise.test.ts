import { expect, test } from 'vitest';
import { restoreFinalizer } from '../../../src/api/group.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { hasMark } from '../../../src/apply/ledger/mark-patch.ts';
import { markRaise } from '../../../src/apply/ledger/mark-raise.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';
import { scriptedContext } from '../../support/shop/scripted-context.ts';

function target(metadata: object) {
  const { metadata: own, ...rest } = scalingTarget({});
  return parseScalingTarget({ ...rest, metadata: { ...own, uid: 'u1', resourceVersion: '7', ...metadata } });
}

async function sentFor(marked: ReturnType<typeof target>, mark: { finalizer: boolean; floor?: number }) {
  const sent: unknown[] = [];
  const context = scriptedContext(({ body }) => {
    sent.push(body);
    return {};
  });
  await markRaise(context, marked, { floor: undefined, ...mark });
  return sent;
}

test('our finalizer comes and goes beside those of others, under the version that was read', async () => {
  const others = ['example.com/a', 'example.com/b'];
  const metadata = { uid: 'u1', resourceVersion: '7' };
  expect(await sentFor(target({ finalizers: others }), { finalizer: true })).toEqual([
    { metadata: { ...metadata, finalizers: [...others, restoreFinalizer] } },
  ]);
  const [first = '', second = ''] = others;
  expect(await sentFor(target({ finalizers: [first, restoreFinalizer, second] }), { finalizer: false })).toEqual([
    { metadata: { ...metadata, finalizers: others } },
  ]);
});

test('no finalizer is added to a target that is being deleted, where the API server would refuse it', async () => {
  const deleted = target({ deletionTimestamp: '2026-11-27T18:00:00Z', finalizers: ['example.com/a'] });
  expect(hasMark(deleted, { finalizer: true, floor: undefined })).toBe(true);
  expect(await sentFor(deleted, { finalizer: true })).toEqual([]);
});

test('the floor of a workload without an HPA is noted, and removed', async () => {
  const [noted] = await sentFor(target({ finalizers: [restoreFinalizer] }), { finalizer: true, floor: 12 });
  expect(noted).toMatchObject({ metadata: { annotations: { 'headstart.dev/floor': '12' } } });
  const annotations = { 'headstart.dev/floor': '12' };
  const [removed] = await sentFor(target({ finalizers: [restoreFinalizer], annotations }), { finalizer: true });
  expect(removed).toMatchObject({ metadata: { annotations: { 'headstart.dev/floor': null } } });
});

test('the raised object is recorded after the finalizer, beside those that are recorded already', async () => {
  const known = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', minReplicas: 4, maxReplicas: 20 };
  const [first, second] = ['one', 'two'].map(name => ({ ...known, name, uid: `uid-${name}` }));
  const sent: unknown[] = [];
  const marked = { ...target({}), status: { raised: first === undefined ? [] : [first] } };
  const context = scriptedContext(({ body }) => {
    sent.push(body);
    return { ...marked, metadata: { ...marked.metadata, resourceVersion: '8' } };
  });
  const writes = await markRaise(context, marked, { finalizer: true, raises: second });
  expect(writes.map(({ part, outcome }) => `${part} ${outcome}`)).toEqual(['Finalizer Written', 'Ledger Written']);
  expect(sent[1]).toEqual({ metadata: { uid: 'u1', resourceVersion: '8' }, status: { raised: [first, second] } });
  // The answer lacks the second: this cluster's CRD drops it, and it is not tried again.
  expect(context.memory.isUnkept('u1')).toBe(true);
});
