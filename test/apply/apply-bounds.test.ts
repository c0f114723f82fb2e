import { describe, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { applyBounds, areInForce } from '../../src/apply/apply-bounds.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import type { TargetPlan } from '../../src/plan/plan.ts';
import { scalingTarget } from '../support/shop/kinds.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const now = Date.parse('2026-11-27T18:55:00Z');
const sales = [{ prescaleTime: now - 60_000, start: now + 300_000 }];
const plan: TargetPlan = {
  target: 'checkout',
  autoscaler: 'checkout',
  bounds: { minReplicas: 35, maxReplicas: 53 },
  action: 'Write',
  floor: 35,
  floorMax: 53,
  reason: 'SaleAhead',
  because: [],
  conditions: [],
};
const input = {
  now,
  target: parseScalingTarget(scalingTarget({})),
  autoscaler: { name: 'checkout', uid: 'u1', minReplicas: 4, maxReplicas: 20 },
  plan,
  replan: () => plan,
  cap: 1000,
  sales,
};

/** An HPA whose bounds are owned by managers since some time; a write by us is as the API server records it. */
function hpa(owners: Readonly<Record<string, string | undefined>>) {
  const fieldsV1 = { 'f:spec': { 'f:minReplicas': {}, 'f:maxReplicas': {} } };
  return {
    metadata: {
      name: 'checkout',
      namespace: 'marketplace',
      uid: 'u1',
      resourceVersion: '7',
      managedFields: Object.entries(owners).map(([manager, time]) => ({ manager, time, fieldsV1 })),
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
      minReplicas: 4,
      maxReplicas: 20,
    },
  };
}

const refusal = (status: number) => new ApiError(status, { message: 'no' }, 'PATCH');

describe('applyBounds', () => {
  test.each([
    [409, 'Conflict'],
    [500, 'Failed'],
    [403, 'Refused'],
  ])('after an answer of %i the first raise is tried again at once: nobody has undone it', async (status, outcome) => {
    let isUp = false;
    const context = scriptedContext(({ method }) => {
      if (method === 'PATCH' && !isUp) throw refusal(status);
      return hpa({ helm: '2026-11-01T10:00:00Z' });
    });
    expect(await applyBounds(context, input)).toMatchObject({ outcome });
    isUp = true;
    expect(await applyBounds(context, { ...input, now: now + 1000 })).toMatchObject({ outcome: 'Written' });
  });

  test.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['whoever wrote before us has undone nothing', { helm: '2026-11-01T10:00:00Z' }, 'Written'],
    ['whoever wrote after us is answered with a distance', { argocd: '2026-11-27T18:55:01Z' }, 'Deferred'],
    ['… also within the same second', { argocd: '2026-11-27T18:55:00Z' }, 'Deferred'],
    ['… also when the API server has not noted when', { argocd: undefined }, 'Deferred'],
  ])('%s', async (_, owners, outcome) => {
    const context = scriptedContext(() => hpa(owners));
    await applyBounds(context, input);
    expect(await applyBounds(context, { ...input, now: now + 2000 })).toMatchObject({ outcome });
  });

  test.each([
    [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' }, 'the HPA scales Deployment cart now'],
    [{ apiVersion: 'example.com/v1', kind: 'Deployment', name: 'checkout' }, 'not Deployment checkout'],
  ])('an HPA that scales %j meanwhile is not written', async (scaleTargetRef, message) => {
    const live = hpa({});
    const context = scriptedContext(() => ({ ...live, spec: { ...live.spec, scaleTargetRef } }));
    const refused = await applyBounds(context, input);
    expect(refused).toMatchObject({ outcome: 'Refused', message: expect.stringContaining(message) });
  });

  test('says what it changes and why, by the plan for the live HPA', async () => {
    const change = 'checkout 12 → 40, max 20 → 60: drop starts at 19:00 UTC';
    const replanned = { ...plan, bounds: { minReplicas: 40, maxReplicas: 60 }, change };
    const live = { ...hpa({}), spec: { ...hpa({}).spec, minReplicas: 12 } };
    const written = await applyBounds(
      scriptedContext(() => live),
      { ...input, plan: { ...plan, change: 'checkout 4 → 35' }, replan: () => replanned },
    );
    expect(written).toMatchObject({ outcome: 'Written', message: change, decided: replanned });
  });

  test('after a restart the annotations tell that a raise was undone', async () => {
    const undone = hpa({ headstart: '2026-11-27T18:54:50Z', argocd: '2026-11-27T18:54:55Z' });
    const annotations = { 'headstart.dev/floor': '35', 'headstart.dev/floor-max': '53' };
    const context = scriptedContext(() => ({ ...undone, metadata: { ...undone.metadata, annotations } }));
    expect(await applyBounds(context, input)).toMatchObject({ outcome: 'Deferred' });
  });

  test('is written under the uid and the version that was read', async () => {
    const sent: unknown[] = [];
    const context = scriptedContext(({ method, body }) => {
      if (method === 'PATCH') sent.push(body);
      return hpa({});
    });
    await applyBounds(context, input);
    expect(sent).toMatchObject([{ metadata: { uid: 'u1', resourceVersion: '7' } }]);
  });

  test.each([
    ['minReplicas', 4],
    ['maxReplicas', 20],
    ['floor', undefined],
    ['floorMax', undefined],
  ])('bounds are not in force while %s is %s', (field, value) => {
    const live = { name: 'checkout', uid: 'u1', minReplicas: 35, maxReplicas: 53, floor: 35, floorMax: 53 };
    expect(areInForce(live, plan)).toBe(true);
    expect(areInForce({ ...live, [field]: value }, plan)).toBe(false);
  });
});
