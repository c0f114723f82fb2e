import { describe, expect, test } from 'vitest';
import { floorAnnotation, restoreFinalizer } from '../../src/api/group.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { hpa, namespace, observedAt, planned } from '../support/shop/apply-inputs.ts';
import { scalingTarget } from '../support/shop/kinds.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

describe('applyPlan', () => {
  test('raises and restores the others when one target cannot be read or planned anew', async () => {
    const written: string[] = [];
    const context = scriptedContext(({ method, path }) => {
      const name = path.split('/').at(-1) ?? '';
      if (name === 'cart') throw new ApiError(500, { message: 'etcd is away' }, `GET ${path}`);
      if (method === 'PATCH' && path.includes('/horizontalpodautoscalers/')) written.push(name);
      if (path.includes('/scalingtargets/')) return observedAt('cart', 4, 20).target;
      return hpa(name);
    });
    const { writes } = await applyPlan(context, {
      plan: {
        now: Date.parse('2026-11-27T18:55:00Z'),
        namespace,
        targets: [
          planned('cart', 35, 53),
          planned('broken', 35, 53),
          planned('checkout', 35, 53),
          planned('search', 4, 20),
        ],
        sales: [],
        others: [],
        next: 0,
      },
      targets: [
        observedAt('cart', 4, 20),
        observedAt('broken', 5, 20),
        observedAt('checkout', 4, 20),
        observedAt('search', 35, 53),
      ],
      unread: [],
      newSalePlans: [],
      cap: 1000,
      scaleKind: async () => undefined,
      replan: name => {
        if (name === 'broken') throw new RangeError('no such target');
        return { ...planned(name, 4, 22), floor: 4 };
      },
    });
    expect(written.toSorted()).toEqual(['checkout', 'search']);
    expect(writes.find(({ name }) => name === 'cart')).toMatchObject({
      part: 'Bounds',
      outcome: 'Failed',
      message: expect.stringContaining('etcd is away'),
    });
    expect(writes.find(({ name }) => name === 'broken')).toMatchObject({
      outcome: 'Failed',
      message: 'no such target',
    });
  });

  test('raises before it creates SalePlans, however many sales were imported', async () => {
    const requests: string[] = [];
    const context = scriptedContext(({ method, path }) => {
      const name = path.split('/').at(-1) ?? '';
      if (method !== 'GET' && name !== 'status') requests.push(name);
      return hpa(name);
    });
    const draft = (name: string) => ({ name, namespace, sale: { name, uid: name, spec: {} as never } });
    await applyPlan(context, {
      plan: {
        now: 0,
        namespace,
        targets: [planned('cart', 35, 53)],
        sales: [],
        others: [],
        next: 0,
      },
      targets: [observedAt('cart', 4, 20)],
      unread: [],
      newSalePlans: [draft('one'), draft('two')],
      cap: 1000,
      scaleKind: async () => undefined,
      replan: name => planned(name, 35, 53),
    });
    expect(requests).toEqual(['cart', 'saleplans', 'saleplans']);
  });

  test.each([
    ['9', 'stands'],
    ['1e3', 'is removed'],
    ['-5', 'is removed'],
    ['', 'is removed'],
  ])('while a workload without an HPA is restored, its floor annotation %j %s', async (text, fate) => {
    const { metadata, ...rest } = scalingTarget({ workloadRef: { name: 'cart' } });
    const target = parseScalingTarget({
      ...rest,
      metadata: { ...metadata, name: 'cart', annotations: { [floorAnnotation]: text } },
    });
    const marks: unknown[] = [];
    const context = scriptedContext(({ method, path, body }) => {
      if (method === 'PATCH' && path.includes('scalingtargets')) marks.push(body);
      return { metadata: { ...target.metadata, finalizers: [restoreFinalizer] }, spec: { replicas: 9 } };
    });
    const restore = { ...planned('cart', 4, 20), replicas: 4 };
    const { autoscaler: _, ...plan } = restore;
    await applyPlan(context, {
      plan: { now: 0, namespace, targets: [plan], sales: [], others: [], next: 0 },
      targets: [{ target, workload: { uid: 'w', replicas: 9 }, autoscalers: [] }],
      unread: [],
      newSalePlans: [],
      cap: 1000,
      scaleKind: async () => undefined,
      replan: () => plan,
    });
    expect(JSON.stringify(marks[0])).toContain(restoreFinalizer);
    const removal = { metadata: { annotations: { [floorAnnotation]: null } } };
    if (fate === 'is removed') expect(marks[0]).toMatchObject(removal);
    else expect(marks[0]).not.toHaveProperty('metadata.annotations');
  });

  test('raises before it lowers, whatever the order of the names', async () => {
    const written: string[] = [];
    const context = scriptedContext(({ method, path }) => {
      const name = path.split('/').at(-1) ?? '';
      // What is raised is recorded in the target's status first: the order of the bounds counts here.
      if (method === 'PATCH' && name !== 'status') written.push(name);
      return hpa(name);
    });
    await applyPlan(context, {
      plan: {
        now: 0,
        namespace,
        targets: [planned('a-restored', 4, 20), planned('z-raised', 35, 53)],
        sales: [],
        others: [],
        next: 0,
      },
      targets: [observedAt('a-restored', 35, 53), observedAt('z-raised', 4, 20)],
      unread: [],
      newSalePlans: [],
      cap: 1000,
      scaleKind: async () => undefined,
      replan: name => (name === 'z-raised' ? planned(name, 35, 53) : { ...planned(name, 4, 22), floor: 4 }),
    });
    expect(written).toEqual(['z-raised', 'a-restored']);
  });

  test('ends with the signal, which is no failure of a target', async () => {
    const ending = new AbortController();
    const context = scriptedContext(() => {
      ending.abort(new Error('another leads'));
      throw ending.signal.reason;
    });
    const work = applyPlan(
      { ...context, signal: ending.signal },
      {
        plan: { now: 0, namespace, targets: [planned('cart', 35, 53)], sales: [], others: [], next: 0 },
        targets: [observedAt('cart', 4, 20)],
        unread: [],
        newSalePlans: [],
        cap: 1000,
        scaleKind: async () => undefined,
        replan: name => planned(name, 35, 53),
      },
    );
    await expect(work).rejects.toThrow('another leads');
  });
});
