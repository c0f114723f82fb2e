import { afterEach, expect, test } from 'vitest';
import { parseInstant } from '../../../src/api/instant.ts';
import type { ScalingTarget } from '../../../src/api/scaling-target.ts';
import { learnedStatus } from '../../../src/operator/memory/learned-status.ts';
import { type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';
import {
  flashSale,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../../support/shop/sandbox-shop.ts';

const now = '2026-11-27T19:10:00Z';
const running = { minReplicas: 4, maxReplicas: 40, currentReplicas: 12 };
const drop = { start: parseInstant('2026-11-27T19:00:00Z'), end: parseInstant('2026-11-27T21:00:00Z') };

function learned(target: GivenTarget, sales: readonly (typeof drop)[] = []) {
  const [observed] = observationOf({ now, targets: { gateway: target } }).targets;
  if (observed === undefined) throw new Error('no target');
  return learnedStatus(observed, { now: parseInstant(now), sales }, [observed]);
}

test('keeps the replicas of this hour beside those of the others', () => {
  const status = { ordinaryReplicas: [{ hour: 3, replicas: 4 }] };
  const ordinaryReplicas = [...status.ordinaryReplicas, { hour: 19, replicas: 12 }];
  expect(learned({ hpa: running, status })).toMatchObject({ ordinaryReplicas });
});

test.each<[string, GivenTarget, readonly (typeof drop)[]]>([
  ['a sale runs', { hpa: running }, [drop]],
  ['a floor is in force', { hpa: { ...running, floor: 12, floorMax: 40 } }, []],
])('records nothing while %s', (_, target, sales) => {
  expect(learned(target, sales)).not.toHaveProperty('ordinaryReplicas');
});

test('keeps how late the source is, in whole minutes', () => {
  const recent = { start: parseInstant(now) - 60_000, stepSeconds: 60, values: [5] };
  expect(learned({ demand: { recent, ageSeconds: 0, latenessSeconds: 75 } })).toMatchObject({
    demandLatenessSeconds: 120,
  });
});

test('keeps scale-ups with the lead time that they show, and says nothing where none is known', () => {
  const scaleUps = [{ at: '2026-11-26T18:00:00Z', workload: 'gateway', added: 30, seconds: 140 }];
  const kept = learned({ status: { scaleUps } });
  expect(kept.scaleUps).toEqual(scaleUps);
  expect(kept.measuredLeadTimeSeconds).toBeGreaterThan(140);
  expect(learned({})).not.toHaveProperty('scaleUps');
});

test('keeps the hours that showed the capacity, except steps in which a callee was over its objective', () => {
  const hour = parseInstant('2026-11-27T18:00:00Z');
  const minutes = (of: (minute: number) => number) => ({
    start: hour,
    stepSeconds: 60,
    values: Array.from({ length: 60 }, (_, minute) => of(minute)),
  });
  const objective = { p95Milliseconds: 500, query: 'p95' };
  const steady = [{ from: hour, until: hour + 3_600_000, ready: 10, revision: '3' }];
  const hours = (calleeMs: number) => {
    const { targets } = observationOf({
      now,
      targets: {
        gateway: {
          spec: { objective, calls: [{ target: 'cart', perThousandRequests: 500 }] },
          demand: { recent: minutes(minute => (minute < 30 ? 250 : 350)), ageSeconds: 60 },
          answerTimes: { recent: minutes(minute => (minute < 30 ? 200 : 800)) },
        },
        cart: { spec: { objective }, answerTimes: { recent: minutes(() => calleeMs) } },
      },
    });
    const gateway = targets.find(({ target }) => target.metadata.name === 'gateway');
    if (gateway === undefined) throw new Error('no gateway');
    return learnedStatus({ ...gateway, steady }, { now: parseInstant(now), sales: [] }, targets).capacityHours;
  };
  const seen = { at: '2026-11-27T18:00:00Z', workload: 'gateway', revision: '3', heldAt: 25 };
  expect(hours(100)).toEqual([{ ...seen, brokeAt: 35 }]);
  expect(hours(900)).toEqual([seen]);
});

const start = parseInstant('2026-11-27T19:00:00Z');
const end = parseInstant('2026-11-27T19:20:00Z');
let shop: Shop | undefined;
afterEach(() => shop?.close());

test('the raise of a sale is measured by its pods, and kept in the status of its target', async () => {
  shop = await openShop({ start: start - minutes(15), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(...service('gateway', { spec: { leadTimeSeconds: 90 } }));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end, {}));
  await operator.idle();
  await shop.moveTo(start + minutes(5));

  const { status } = shop.get(stored.targets, 'gateway') as never as { status: ScalingTarget['status'] };
  const raised = shop.bounds.find(({ floor }) => floor !== undefined);
  const measured = status?.scaleUps?.find(({ added }) => added >= 14);
  expect(measured).toMatchObject({ workload: 'gateway', neededNodes: false });
  // The HPA follows within a sync, and the watch shows what is ready within a tick.
  expect(Date.parse(measured?.at ?? '') - (raised?.at ?? 0)).toBeLessThanOrEqual(30_000);
  expect(measured?.seconds).toBeGreaterThan(0);
  expect(measured?.seconds).toBeLessThanOrEqual(90);
  expect(status?.measuredLeadTimeSeconds).toBeGreaterThanOrEqual(90);
});

test('no hour of a sale that is over and reviewed counts as ordinary for the calls of a target', async () => {
  const ending = start + minutes(65);
  const visits = shopDemand([{ start, end: ending, peak: 6 }]);
  shop = await openShop({ start: start - minutes(15), demand: visits });
  await shop.create(...service('gateway', { spec: { calls: [{ target: 'cart', perThousandRequests: 1000 }] } }));
  await shop.create(...service('cart', { spec: { entryPoint: false } }));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, ending, {}));
  await operator.idle();
  await shop.moveTo(ending + minutes(20));

  const [plan] = shop.salePlans();
  expect(plan?.status?.review).toBeDefined();
  const { status } = shop.get(stored.targets, 'gateway') as never as { status: ScalingTarget['status'] };
  const [cart] = status?.callRatios ?? [];
  expect(cart).toMatchObject({ target: 'cart' });
  expect(parseInstant(cart?.until ?? '')).toBeLessThanOrEqual(start);
});
