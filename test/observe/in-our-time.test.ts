import { afterEach, describe, expect, test } from 'vitest';
import { inOurTime } from '../../src/observe/in-our-time.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored, tickMs } from '../support/shop/sandbox-shop.ts';

test('a time of the API server is moved by the difference of the clocks, and a missing one stays missing', () => {
  expect(inOurTime({ writtenAt: 1_000 }, 600_000)).toEqual({ writtenAt: 601_000 });
  const unwritten: { readonly replicas: number; readonly writtenAt?: number } = { replicas: 4 };
  expect(inOurTime(unwritten, 600_000)).toBe(unwritten);
});

const start = Date.parse('2026-11-27T19:00:00Z');
const end = start + minutes(4);

let shop: Shop;

async function openSale(serverAheadMs: number) {
  shop = await openShop({
    start: start - minutes(5),
    demand: shopDemand([{ start, end, peak: 6 }]),
    serverAheadMs,
    policy: { readyBeforeSeconds: 0, rampDown: { percentPerMinute: 25 } },
  });
  return announceSale(shop, start, end);
}

const skews: readonly [string, number][] = [
  ['agrees with ours', 0],
  ['is 30 s ahead of ours', 30_000],
  ['is ten minutes ahead of ours', minutes(10)],
  ['is ten minutes behind ours', -minutes(10)],
];

describe.each(skews)('an API server whose clock %s', (_, serverAheadMs) => {
  afterEach(() => shop.close());

  test('gets rampDown step by step from the end on, and the restore in time', async () => {
    await openSale(serverAheadMs);
    await shop.moveTo(start);
    const raised = shop.bounds.at(-1)?.minReplicas ?? 0;
    expect(raised).toBeGreaterThan(12);
    await shop.moveTo(end + minutes(9));
    const lowered = shop.bounds.filter(({ at, minReplicas }) => at >= end && minReplicas < raised);
    const isStep = ({ minReplicas }: (typeof lowered)[number], index: number) =>
      minReplicas !== lowered[index - 1]?.minReplicas;
    const steps = lowered.filter(isStep).map(({ at }) => at);
    expect((steps[0] ?? Number.NaN) - end).toBeLessThanOrEqual(120_000);
    expect(shop.bounds.at(-1)).toMatchObject({ minReplicas: 4, floor: undefined });
    const last = lowered.find(({ minReplicas }) => minReplicas === 4)?.at ?? Number.NaN;
    // 25 % of the peak a minute: three steps at least lie between the first and the last.
    expect(last - (steps[0] ?? Number.NaN)).toBeGreaterThanOrEqual(minutes(2));
    const gaps = steps.slice(1).map((at, index) => at - (steps[index] ?? Number.NaN));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(minutes(1) - tickMs);
  });

  test('is not asked to fight another writer more often, also by an operator that has just started', async () => {
    const operator = await openSale(serverAheadMs);
    await shop.moveTo(start - minutes(1));
    const before = shop.requests.length;
    const revert = async (until: number) => {
      while (shop.clock.now() < until) {
        await shop.patch(stored.hpas, 'gateway', { spec: { minReplicas: 4, maxReplicas: 20 } }, 'argocd');
        await shop.moveTo(shop.clock.now() + tickMs);
      }
    };
    await revert(start);
    await shop.retire(operator);
    const restarted = await shop.operator();
    await restarted.whenLeading();
    await revert(start + minutes(1));
    const answers = shop.requests
      .slice(before)
      .filter(({ method, url }) => method === 'PATCH' && /horizontalpodautoscalers.*=headstart/.test(url));
    const gaps = answers.slice(1).map(({ at }, index) => at - (answers[index]?.at ?? Number.NaN));
    expect(answers.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30_000 - tickMs);
    expect(answers.length).toBeLessThanOrEqual(5);
  });

  test('is told of a sale in time as one in time, and of none that is late', async () => {
    await openSale(serverAheadMs);
    await shop.moveTo(start - minutes(3));
    const [plan] = shop.salePlans();
    expect(plan?.status?.plan?.risks.filter(risk => risk.includes('late'))).toEqual([]);
  });
});
