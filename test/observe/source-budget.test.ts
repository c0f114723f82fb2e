import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDemandHistory } from '../../src/observe/demand-history.ts';
import { MetricSourceError, type StoreAnswer } from '../../src/observe/metrics/metric-source.ts';
import { prometheusSource } from '../../src/observe/metrics/prometheus.ts';
import { SourceBudget } from '../../src/observe/source-budget.ts';
import { type Reply, type StandIn, startStandIn } from '../support/metric-stores/metric-store.ts';
import { prometheusDialect } from '../support/metric-stores/prometheus-dialect.ts';
import { restOf300 } from '../support/metric-stores/store-answers.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const second = 1000;
const demand = { source: 'prometheus', query: 'q', stepSeconds: 60, historyDays: 1 };

let store: StandIn;
beforeEach(async () => {
  store = await startStandIn(prometheusDialect, () => 7);
});
afterEach(() => store.close());

const throttled = (headers: Readonly<Record<string, string>>, status = 429): Reply => {
  return () => ({ status, headers, body: { status: 'error', errorType: 'too_many_requests', error: 'slow down' } });
};

/** Looks of so many targets every 15 s, as the operator's, over so many seconds. */
async function lookFor(seconds: number, targets: number, from = noon) {
  const history = createDemandHistory({ prometheus: prometheusSource({ url: store.url }) });
  const all = Array.from({ length: targets }, (_, index) => ({ ...demand, query: `q${index}` }));
  const look = (now: number) => Promise.all(all.map(one => history.observe(one, now)));
  for (let now = from; now < from + seconds * second; now += 15 * second) await look(now);
  return { look };
}

describe('the budget of a source', () => {
  test.each(Object.entries(restOf300))('sends one question in the 300 s that %s asks for', async (_, headers) => {
    store.behave({ kind: 'Reply', reply: throttled(headers) });
    const { look } = await lookFor(300, 1);
    expect(store.asked).toHaveLength(1);
    store.behave({ kind: 'Answer' });
    expect(await look(noon + 300 * second)).toMatchObject([{ ageSeconds: 0 }]);
  });

  test.each(['0', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT', 'soon'])(
    'rests by itself where Retry-After is %s, for 30 s and then twice as long',
    async retryAfter => {
      store.behave({ kind: 'Reply', reply: throttled({ 'retry-after': retryAfter }) });
      await lookFor(300, 5);
      expect(store.asked).toHaveLength(4);
    },
  );

  test('is one for all targets of the operator, and the one question after the rest decides for all', async () => {
    store.behave({ kind: 'Reply', reply: throttled({ 'retry-after': '300' }) });
    const { look } = await lookFor(300, 20);
    expect(store.asked).toHaveLength(1);
    await look(noon + 300 * second);
    expect(store.asked).toHaveLength(2);
    store.behave({ kind: 'Answer' });
    await look(noon + 600 * second);
    expect(store.asked.length).toBeGreaterThan(20);
  });

  test('holds back the other pieces and targets under way, and keeps what came before', async () => {
    let served = 0;
    const reply = throttled({ 'retry-after': '300' });
    store.behave({ kind: 'Reply', reply: question => (++served > 3 ? reply(question) : undefined) });
    const history = createDemandHistory({ prometheus: prometheusSource({ url: store.url }) });
    const observed = await history.observe({ ...demand, historyDays: 28 }, noon);
    expect(store.asked).toHaveLength(4);
    expect(observed).toMatchObject({ failure: expect.stringContaining('slow down') });
    store.asked.length = 0;
    await history.observe({ ...demand, historyDays: 28 }, noon + 150 * second);
    expect(store.asked).toHaveLength(0);
  });

  test('says until when the source is left alone, and why', async () => {
    store.behave({ kind: 'Reply', reply: throttled({ 'retry-after': '300' }) });
    const { look } = await lookFor(15, 1);
    expect(await look(noon + 15 * second)).toEqual([
      {
        missing:
          'source "prometheus" is not asked before 2026-11-20T12:05:00Z: Prometheus is too busy: slow down (HTTP status 429).',
      },
    ]);
  });

  test.each([429, 503])('leaves a store that says %i and not how long alone for longer each time', async status => {
    store.behave({ kind: 'Reply', reply: throttled({}, status) });
    await lookFor(600, 5);
    expect(store.asked.length).toBeLessThan(9);
    expect(store.asked.length).toBeGreaterThan(4);
  });

  test('waits for the reset when a whole answer was the last of the budget', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '120' };
    const reply: Reply = ({ start, end }) => ({
      headers,
      body: prometheusDialect.answer({ start, end, stepMs: 60_000 }, () => 7, 1),
    });
    store.behave({ kind: 'Reply', reply });
    await lookFor(240, 1);
    expect(store.asked).toHaveLength(2);
  });

  test('is not spent by a query that is refused', async () => {
    store.behave({ kind: 'Status', status: 400 });
    await lookFor(60, 3);
    expect(store.asked).toHaveLength(12);
  });

  test('is eight questions at once, once the source is known to answer', async () => {
    const budget = new SourceBudget('prometheus');
    budget.look(noon);
    let running = 0;
    let most = 0;
    const question = async (): Promise<StoreAnswer> => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      return {};
    };
    await budget.ask(question);
    expect(most).toBe(1);
    await Promise.all(Array.from({ length: 20 }, () => budget.ask(question)));
    expect(most).toBe(8);
    budget.refused(new MetricSourceError('Throttled', 'slow down.', { retryAfterSeconds: 60 }));
    await expect(budget.ask(question)).rejects.toMatchObject({ reason: 'Throttled' });
  });
});
