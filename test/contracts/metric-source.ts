import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Series } from '../../forecasts/index.ts';
import {
  type Ask,
  type MetricSource,
  MetricSourceError,
  type StoreAnswer,
} from '../../src/observe/metrics/metric-source.ts';
import {
  type Demand,
  type Dialect,
  type StandIn,
  type StoreBehaviour,
  startStandIn,
} from '../support/metric-stores/metric-store.ts';

const minute = 60_000;
const start = Date.parse('2026-11-20T00:00:00Z');

/** Requests per second of the minute that starts at `at`: recognisable, with a gap of three minutes at 00:10. */
const demand: Demand = at => {
  const minutes = (at - start) / minute;
  return minutes >= 10 && minutes < 13 ? null : 100 + (minutes % 60);
};

/** What every metric source must do, whatever store it reads. `maxSteps`: the most its store gives in one answer. */
export function describeMetricSource(
  name: string,
  dialect: Dialect,
  create: (url: string, timeoutSeconds: number) => MetricSource,
  maxSteps: number,
): void {
  describe(`metric source ${name}`, () => {
    let store: StandIn;
    let elsewhere: StandIn;
    beforeAll(async () => {
      store = await startStandIn(dialect, demand);
      elsewhere = await startStandIn(dialect, demand);
    });
    afterAll(async () => {
      await store.close();
      await elsewhere.close();
    });
    beforeEach(() => {
      store.behave({ kind: 'Answer' });
      store.asked.length = 0;
    });
    const read = (end: number, timeoutSeconds = 5) =>
      create(store.url, timeoutSeconds).readRange({ query: 'demand', start, end, stepSeconds: 60 });

    test('gives one value a step, each at the step it was measured in', async () => {
      const series = await read(start + 20 * minute);
      expect(series).toEqual({
        start,
        stepSeconds: 60,
        values: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109, null, null, null, 113, 114, 115, 116, 117, 118, 119],
      });
    });

    test('asks for nothing beyond the end', async () => {
      await read(start + 20 * minute);
      expect(store.asked.map(question => question.end)).toEqual([start + 20 * minute]);
    });

    test(`asks in pieces of at most ${maxSteps} steps and joins them without a seam`, async () => {
      const steps = 2 * maxSteps + 7;
      const series = await read(start + steps * minute);
      expect(Math.max(...store.asked.map(question => question.steps))).toBeLessThanOrEqual(maxSteps);
      expect(series.values).toEqual(Array.from({ length: steps }, (_, index) => demand(start + index * minute)));
    });

    test('asks by the budget that it is given, and hands on each piece as it comes', async () => {
      const source = create(store.url, 5);
      const pieces: Series[] = [];
      let questions = 0;
      const ask: Ask = question => {
        if (++questions > 2) throw new MetricSourceError('Throttled', 'enough.');
        return question();
      };
      const range = { query: 'demand', start, end: start + 3 * maxSteps * minute, stepSeconds: 60 };
      const reading = source.readRange(range, undefined, { ask, onPiece: piece => pieces.push(piece) });
      await expect(reading).rejects.toMatchObject({ reason: 'Throttled' });
      expect(store.asked).toHaveLength(2);
      expect(pieces.flatMap(({ values }) => values)).toEqual(
        store.asked.flatMap(({ start: from, steps }) =>
          Array.from({ length: steps }, (_, index) => demand(from + index * minute)),
        ),
      );
    });

    test('tells when its store has no question left, and how long a throttled one wants to be left alone', async () => {
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '7' };
      const answers: StoreAnswer[] = [];
      const ask: Ask = async question => {
        const answer = await question();
        answers.push(answer);
        return answer;
      };
      store.behave({
        kind: 'Reply',
        reply: ({ start: from, end }) => ({
          headers,
          body: dialect.answer({ start: from, end, stepMs: minute }, demand, 1),
        }),
      });
      const range = { query: 'demand', start, end: start + minute, stepSeconds: 60 };
      await create(store.url, 5).readRange(range, undefined, { ask });
      expect(answers).toMatchObject([{ restSeconds: 7 }]);
      store.behave({ kind: 'Status', status: 429, headers });
      await expect(read(start + minute)).rejects.toMatchObject({ reason: 'Throttled', retryAfterSeconds: 7 });
    });

    test('gives nothing but gaps where the store has no series', async () => {
      store.behave({ kind: 'Empty' });
      expect((await read(start + 3 * minute)).values).toEqual([null, null, null]);
    });

    test('refuses a range that is not aligned to its step', async () => {
      await expect(read(start + 90_000)).rejects.toThrow(/multiple of its step of 60 s/);
    });

    test('follows no redirect, so that credentials stay with their host', async () => {
      store.behave({ kind: 'Redirect', to: elsewhere.url });
      await expect(read(start + minute)).rejects.toThrow(/redirect/);
      expect(elsewhere.asked).toEqual([]);
    });

    test.each<[string, StoreBehaviour, string]>([
      ['HTML', { kind: 'Html' }, 'BadAnswer'],
      ['half a document', { kind: 'HalfJson' }, 'BadAnswer'],
      ['more than fits', { kind: 'Huge' }, 'BadAnswer'],
      ['two series', { kind: 'TwoSeries' }, 'BadQuery'],
      ['400', { kind: 'Status', status: 400 }, 'BadQuery'],
      ['401', { kind: 'Status', status: 401 }, 'Unauthorized'],
      ['403', { kind: 'Status', status: 403 }, 'Unauthorized'],
      ['429', { kind: 'Status', status: 429 }, 'Throttled'],
      ['500', { kind: 'Status', status: 500 }, 'BadAnswer'],
    ])('reads %s as an error with a reason, never as the number 0', async (_, behaviour, reason) => {
      store.behave(behaviour);
      await expect(read(start + minute)).rejects.toMatchObject({ code: 'HEADSTART_METRICS', reason });
    });

    test('gives up on a store that never answers', async () => {
      store.behave({ kind: 'Silent' });
      await expect(read(start + minute, 0.2)).rejects.toMatchObject({ reason: 'Unreachable' });
    });
  });
}
