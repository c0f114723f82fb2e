import { afterEach, describe, expect, test } from 'vitest';
import { createMetricSource } from '../../src/observe/metrics/create-metric-source.ts';
import { type StandIn, type StoreBehaviour, startStandIn } from '../support/metric-stores/metric-store.ts';
import { prometheusDialect } from '../support/metric-stores/prometheus-dialect.ts';
import { partial } from '../support/metric-stores/store-answers.ts';
import { announceSale } from '../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
let store: StandIn;
afterEach(async () => {
  await shop.close();
  await store.close();
});

async function openSale() {
  const demand = shopDemand([{ start, end, peak: 6 }]);
  store = await startStandIn(prometheusDialect, time => demand('gateway', time));
  const prometheus = createMetricSource({ type: 'prometheus', url: store.url, timeoutSeconds: 1 });
  shop = await openShop({ start: start - minutes(5), demand, sources: { prometheus } });
  return announceSale(shop, start, end);
}

const condition = (type: string) => {
  const { status } = shop.get(stored.targets, 'gateway') as never as {
    status: { conditions: readonly { type: string }[] };
  };
  return status.conditions.find(found => found.type === type);
};

const failures: readonly (readonly [string, StoreBehaviour])[] = [
  ['answering a part', { kind: 'Reply', reply: () => partial['VictoriaMetrics: isPartial'] }],
  ['throttling', { kind: 'Status', status: 429, headers: { 'x-ratelimit-reset': '300' } }],
  ['answering HTML', { kind: 'Html' }],
  ['answering 401', { kind: 'Status', status: 401 }],
  ['answering 503', { kind: 'Status', status: 503 }],
  ['empty', { kind: 'Empty' }],
];

describe('a metric store that is', () => {
  test.each(failures)(
    '%s after the plan was made does not keep the sale from being raised, also after a restart',
    async (_, behaviour) => {
      const operator = await openSale();
      const planned = shop.salePlans()[0]?.status?.plan?.targets[0]?.steps[0];
      store.behave(behaviour);
      await shop.kill(operator);
      await (await shop.operator()).whenLeading();
      await shop.moveTo(start);
      expect(shop.bounds.at(-1)?.minReplicas).toBe(planned?.minReplicas);
      await shop.moveTo(end - minutes(1));
      expect(shop.bounds.at(-1)?.minReplicas).toBe(planned?.minReplicas);
      expect(condition('DemandAvailable')).toMatchObject({
        status: 'False',
        message: expect.stringMatching(/[a-z]{4}/),
      });
      await shop.moveTo(end + minutes(2));
      expect(shop.bounds.at(-1)?.minReplicas).toBe(4);
    },
  );

  test('failing from the middle of the sale on lowers nothing once its samples are stale, until the end', async () => {
    await openSale();
    await shop.moveTo(start + minutes(3));
    store.behave({ kind: 'Status', status: 500 });
    await shop.moveTo(start + minutes(9));
    const held = shop.bounds.at(-1);
    expect(held?.minReplicas).toBeGreaterThan(4);
    await shop.moveTo(end - minutes(1));
    expect(shop.bounds.at(-1)).toEqual(held);
  });
});

describe('a metric store that has 60 % of a minute at first', () => {
  /** Every minimum of the sale; before a minute is whole the store has `part` of it, or nothing. */
  async function minimaWith(wholeAfter: number, part: number | undefined) {
    await openSale();
    store.behave({
      kind: 'Reply',
      reply: ({ start: from, end: until }) => ({
        body: prometheusDialect.answer(
          { start: from, end: until, stepMs: minutes(1) },
          at => {
            const age = shop.clock.now() - at - minutes(1);
            const value = shopDemand([{ start, end, peak: 6 }])('gateway', at);
            if (value === null || age >= wholeAfter) return value;
            return part === undefined ? null : part * value;
          },
          1,
        ),
      }),
    });
    await shop.moveTo(end - minutes(1));
    const seen = shop.bounds.filter(({ at }) => at >= start).map(({ at, minReplicas }) => ({ at, minReplicas }));
    await shop.close();
    await store.close();
    return seen;
  }

  test.each([45_000, 110_000])(
    'for %i ms lowers no floor below what the whole minutes alone give',
    async wholeAfter => {
      const whole = await minimaWith(wholeAfter, undefined);
      const late = await minimaWith(wholeAfter, 0.6);
      await openSale();
      const floorAt = (seen: typeof whole, time: number) => seen.findLast(({ at }) => at <= time)?.minReplicas ?? 0;
      for (let time = start + minutes(1); time < end - minutes(1); time += minutes(1)) {
        const least = Math.min(floorAt(whole, time - minutes(1)), floorAt(whole, time));
        expect(floorAt(late, time), new Date(time).toISOString()).toBeGreaterThanOrEqual(least);
      }
    },
  );
});

describe('no question', () => {
  test('ever asks a metric store for the future', async () => {
    await openSale();
    await shop.moveTo(start + minutes(5));
    const latest = Math.max(...store.asked.map(question => question.end));
    expect(latest).toBeLessThanOrEqual(shop.clock.now());
    expect(store.asked.length).toBeGreaterThan(5);
  });
});
