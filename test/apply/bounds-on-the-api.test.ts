import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { applyBounds, type BoundsInput } from '../../src/apply/apply-bounds.ts';
import type { ApplyContext } from '../../src/apply/apply-context.ts';
import { WriteMemory } from '../../src/apply/write-memory.ts';
import { WritePace } from '../../src/apply/write-pace.ts';
import { NotLeadingError } from '../../src/kube/leases/elector.ts';
import { type LiveAutoscaler, readAutoscaler } from '../../src/kube/resources/read-autoscaler.ts';
import { autoscalers } from '../../src/kube/resources/resource-kind.ts';
import { realTiming } from '../../src/kube/timing.ts';
import type { TargetPlan } from '../../src/plan/plan.ts';
import { openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const now = Date.parse('2026-11-27T18:58:00Z');
const sale = { prescaleTime: now, start: now + 120_000 };

let shop: Shop;
let isLeading: boolean;
/** The monotonic clock, which goes with the time of each `ask`. */
let steadyMs: number;
let context: ApplyContext;

beforeAll(async () => {
  shop = await openShop({ start: now, demand: shopDemand([]) });
});
afterAll(() => shop.close());

beforeEach(async () => {
  for (const resource of [stored.hpas, stored.deployments, stored.targets])
    if (shop.find(resource, 'gateway') !== undefined) await shop.delete(resource, 'gateway');
  await shop.create(...service('gateway'));
  isLeading = true;
  const check = () => {
    if (!isLeading) throw new NotLeadingError('us');
  };
  const pace = new WritePace(1000, realTiming);
  context = {
    connection: shop.connection.fenced({ check, deadlineMs: 4_000 }),
    events: { recordEvent: () => {} },
    dryRun: false,
    pace: { bounds: pace, salePlans: pace, statuses: pace },
    memory: new WriteMemory(),
    clocks: { monotonicMs: () => steadyMs, skewMs: () => 0 },
  };
});

const hpa = () =>
  shop.get(stored.hpas, 'gateway') as never as Parameters<typeof readAutoscaler>[0] & { metadata: { uid: string } };
const live = () => readAutoscaler(hpa()).state;

function planned(minReplicas: number, maxReplicas: number, floors: Partial<TargetPlan> = {}): TargetPlan {
  const bounds = { minReplicas, maxReplicas };
  const raised = minReplicas > 4 ? { floor: minReplicas, floorMax: maxReplicas } : {};
  return {
    target: 'gateway',
    autoscaler: 'gateway',
    bounds,
    action: 'Write',
    reason: 'SaleAhead',
    because: [],
    conditions: [],
    ...raised,
    ...floors,
  };
}

function ask(plan: TargetPlan, more: Partial<BoundsInput> = {}): BoundsInput {
  steadyMs = (more.now ?? now) - now;
  return {
    now,
    target: parseScalingTarget(shop.get(stored.targets, 'gateway')),
    autoscaler: live(),
    plan,
    replan: () => plan,
    cap: 1000,
    sales: [sale],
    ...more,
  };
}

describe('bounds on the embedded API', () => {
  test('go up in one request with both annotations, and down with neither', async () => {
    const before = shop.requests.length;
    expect(await applyBounds(context, ask(planned(35, 53)))).toMatchObject({
      outcome: 'Written',
      message: '4..20 → 35..53',
    });
    expect(live()).toMatchObject({ minReplicas: 35, maxReplicas: 53, floor: 35, floorMax: 53 });
    expect(shop.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'PATCH']);
    await applyBounds(context, ask(planned(4, 20)));
    expect(live()).toMatchObject({ minReplicas: 4, maxReplicas: 20 });
    expect(hpa().metadata.annotations ?? {}).toEqual({});
  });

  test('lose the annotation of the bound that is lowered and keep the other', async () => {
    await applyBounds(context, ask(planned(35, 53)));
    await applyBounds(context, ask(planned(4, 53, { floorMax: 53 })));
    expect(live()).toMatchObject({ minReplicas: 4, floorMax: 53 });
    expect(live()).not.toHaveProperty('floor');
  });

  test('that are there already are not written', async () => {
    await applyBounds(context, ask(planned(35, 53)));
    const before = shop.requests.length;
    expect(await applyBounds(context, ask(planned(35, 53)))).toMatchObject({ outcome: 'Unchanged' });
    expect(shop.requests.slice(before).map(({ method }) => method)).toEqual(['GET']);
  });

  test('are planned again with what is there, when it is not what was observed', async () => {
    const stale = ask(planned(35, 53));
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 40, maxReplicas: 60 } });
    const seen: number[] = [];
    const replan = (found: LiveAutoscaler) => {
      seen.push(found.state.minReplicas);
      return planned(40, 60);
    };
    await applyBounds(context, { ...stale, replan });
    expect(seen).toEqual([40]);
    expect(live()).toMatchObject({ minReplicas: 40, floor: 40 });
  });

  test('are given up after three conflicts with somebody who is always faster', async () => {
    let reads = 0;
    const replan = () => planned(35, 53);
    const resource = context.connection.resource(autoscalers);
    const racing = {
      ...context,
      connection: {
        ...context.connection,
        resource: () => ({
          get: async (ref: { name: string; namespace?: string }) => {
            reads += 1;
            const read = await resource.get(ref);
            await shop.patch(stored.hpas, 'gateway', { metadata: { labels: { read: String(reads) } } });
            return read;
          },
          apply: resource.apply.bind(resource),
        }),
      },
    } as never as ApplyContext;
    expect(await applyBounds(racing, ask(planned(35, 53), { replan }))).toMatchObject({ outcome: 'Conflict' });
    expect(reads).toBe(3);
    expect(live().minReplicas).toBe(4);
  });

  test.each([
    ['below the baseline', planned(2, 20), /below the baseline/],
    ['with the minimum above the maximum', planned(35, 30), /above the maximum/],
    ['above the ceiling', planned(35, 241), /above the 240/],
    ['in fractions', planned(35.5, 53), /whole replicas/],
  ])('%s are refused before they leave, whatever was planned', async (_, plan, message) => {
    expect(await applyBounds(context, ask(plan))).toMatchObject({
      outcome: 'Refused',
      message: expect.stringMatching(message),
    });
    expect(live().minReplicas).toBe(4);
  });

  test('never land on another HPA of that name', async () => {
    const old = ask(planned(35, 53));
    await shop.delete(stored.hpas, 'gateway');
    const [, another] = service('gateway');
    await shop.create(another ?? {});
    expect(await applyBounds(context, old)).toMatchObject({
      outcome: 'Refused',
      message: expect.stringContaining('replaced'),
    });
    await shop.delete(stored.hpas, 'gateway');
    expect(await applyBounds(context, old)).toMatchObject({ outcome: 'Gone' });
    expect(shop.find(stored.hpas, 'gateway')).toBeUndefined();
  });

  test('do not leave while another replica leads', async () => {
    isLeading = false;
    const before = shop.requests.length;
    expect(await applyBounds(context, ask(planned(35, 53)))).toMatchObject({ outcome: 'NotLeading' });
    expect(shop.requests.slice(before).map(({ method }) => method)).toEqual(['GET']);
    expect(live().minReplicas).toBe(4);
  });

  test('put back by another writer wait for their turn, and not where the raise ends', async () => {
    await applyBounds(context, ask(planned(35, 53)));
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 4, maxReplicas: 20 } }, 'argocd');
    const again = await applyBounds(context, ask(planned(35, 53), { now: now + 15_000 }));
    expect(again).toMatchObject({ outcome: 'Deferred', message: expect.stringContaining('argocd') });
    expect(await applyBounds(context, ask(planned(4, 20), { now: now + 15_000 }))).toMatchObject({
      outcome: 'Written',
    });
    await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 4, maxReplicas: 19 } }, 'argocd');
    expect(await applyBounds(context, ask(planned(35, 53), { now: now + 45_000 }))).toMatchObject({
      outcome: 'Written',
    });
  });
});
