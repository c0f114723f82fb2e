import { describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { hpa, namespace, observedAt, planned } from '../support/shop/apply-inputs.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

describe('applyTarget', () => {
  test('records what the HPA had before it raises it', async () => {
    const written: { readonly path: string; readonly body: unknown }[] = [];
    const context = scriptedContext(({ method, path, body }) => {
      if (method === 'PATCH') written.push({ path, body });
      return path.includes('scalingtargets') ? observedAt('cart', 4, 20).target : hpa('cart');
    });
    await applyPlan(context, {
      plan: { now: 0, namespace, targets: [planned('cart', 35, 53)], sales: [], others: [], next: 0 },
      targets: [observedAt('cart', 4, 20)],
      unread: [],
      newSalePlans: [],
      cap: 1000,
      scaleKind: async () => undefined,
      replan: name => planned(name, 35, 53),
    });
    expect(written).toMatchObject([
      {
        path: expect.stringContaining('/scalingtargets/'),
        body: {
          status: { raised: [{ kind: 'HorizontalPodAutoscaler', name: 'cart', minReplicas: 4, maxReplicas: 20 }] },
        },
      },
      { path: expect.stringContaining('/horizontalpodautoscalers/'), body: { spec: { minReplicas: 35 } } },
    ]);
  });

  test('raises nothing where the finalizer cannot be set', async () => {
    const written: string[] = [];
    const context = scriptedContext(({ method, path }) => {
      if (method === 'PATCH') written.push(path.split('/').at(-2) ?? '');
      if (method === 'PATCH' && path.includes('scalingtargets')) throw new ApiError(403, { message: 'no' }, 'PATCH');
      return hpa('cart');
    });
    const observed = observedAt('cart', 4, 20);
    const { finalizers: _, ...metadata } = observed.target.metadata;
    const { writes } = await applyPlan(context, {
      plan: { now: 0, namespace, targets: [planned('cart', 35, 53)], sales: [], others: [], next: 0 },
      targets: [{ ...observed, target: { ...observed.target, metadata } }],
      unread: [],
      newSalePlans: [],
      cap: 1000,
      scaleKind: async () => undefined,
      replan: name => planned(name, 35, 53),
    });
    expect(written).toEqual(['scalingtargets']);
    expect(writes).toMatchObject([{ part: 'Finalizer', outcome: 'Refused' }]);
  });
});
