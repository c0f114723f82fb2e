import { describe, expect, test } from 'vitest';
import { createDemandHistory } from '../../../src/observe/demand-history.ts';
import type { MetricSource } from '../../../src/observe/metrics/metric-source.ts';
import type { DemandObservation } from '../../../src/observe/observation.ts';

const second = 1000;
const noon = Date.parse('2026-11-20T12:00:00Z');
const tick = 15 * second;

/** A store that has a part of a step until it is so old, and nothing before that. */
interface LateStore {
  readonly wholeAfter: number;
  readonly part?: number;
  readonly nothingFor?: number;
  readonly stepSeconds?: number;
  /** What an earlier process measured, in seconds. */
  readonly known?: number;
}

function lateStore({ wholeAfter, part = 0.6, nothingFor = 0, stepSeconds = 60, known }: LateStore) {
  const input = { source: 'store', query: 'q', stepSeconds, historyDays: 1, latenessSeconds: known };
  let now = noon;
  let asked = 0;
  const source: MetricSource = {
    type: 'late',
    async readRange({ start, end }) {
      asked += 1;
      const values = Array.from({ length: (end - start) / stepSeconds / second }, (_, index) => {
        const age = (now - start) / second - (index + 1) * stepSeconds;
        if (age < nothingFor) return null;
        return age < wholeAfter ? 100 * part : 100;
      });
      return { start, stepSeconds, values };
    },
  };
  const history = createDemandHistory({ store: source });
  return {
    /** Every look until then, the last one's observation. */
    async lookUntil(until: number): Promise<DemandObservation> {
      let observed: unknown;
      for (; now <= until; now += tick) observed = await history.observe(input, now);
      return observed as DemandObservation;
    },
    read: (start: number, end: number) => history.read(`store|${stepSeconds}|1|q`, start, end)?.values ?? [],
    get asked() {
      return asked;
    },
  };
}

describe('a source that has 60 % of a minute in its first 45 s', () => {
  test('leaves no minute but the newest at 60 % in seven hours', async () => {
    const store = lateStore({ wholeAfter: 45 });
    await store.lookUntil(noon + 7 * 3600 * second);
    const values = store.read(noon, noon + 7 * 3600 * second);
    expect(values.filter(value => value !== 100)).toHaveLength(1);
    expect(values.at(-1)).toBe(60);
  });

  test('costs a question a minute, as a prompt one does', async () => {
    const store = lateStore({ wholeAfter: 45 });
    await store.lookUntil(noon + 30 * 60 * second);
    expect(store.asked).toBeLessThanOrEqual(32);
  });

  test('is measured to be so late, and its newest minute settles last', async () => {
    const store = lateStore({ wholeAfter: 45 });
    const observed = await store.lookUntil(noon + 10 * 60 * second + tick);
    expect(observed.latenessSeconds).toBe(60);
    expect(observed.settledUntil).toBe(noon + 9 * 60 * second);
    expect(observed.recent.values.slice(-2)).toEqual([100, 60]);
  });
});

describe('how late a source is', () => {
  test.each([
    ['prompt', { wholeAfter: 0 }, 0, 60],
    ['four minutes', { wholeAfter: 240 }, 240, 240],
    ['nine minutes in 5-minute steps', { wholeAfter: 540, stepSeconds: 300 }, 600, 600],
    ['forty minutes', { wholeAfter: 2400 }, 2400, 2400],
    ['whole as soon as it is there, after two minutes', { wholeAfter: 120, nothingFor: 120 }, 0, 0],
  ])('is measured: %s', async (_, options, measured, unsettled) => {
    const store = lateStore(options);
    const until = noon + 3 * 3600 * second;
    const observed = await store.lookUntil(until);
    expect(observed.latenessSeconds).toBeGreaterThanOrEqual(measured);
    expect(observed.latenessSeconds).toBeLessThanOrEqual(measured + 60);
    expect((until - (observed.settledUntil ?? 0)) / second).toBeGreaterThanOrEqual(unsettled);
    const settled = store.read(noon - 3600 * second, observed.settledUntil ?? 0);
    expect(settled.filter(value => value !== null && value !== 100)).toEqual([]);
  });

  test('is not told before it is known', async () => {
    const store = lateStore({ wholeAfter: 0 });
    expect(await store.lookUntil(noon + 2 * 60 * second)).not.toHaveProperty('latenessSeconds');
    expect(await store.lookUntil(noon + 8 * 60 * second)).toMatchObject({ latenessSeconds: 0 });
  });
});

describe('how late a source was found to be before a restart', () => {
  test('counts at once: no step settles younger', async () => {
    const store = lateStore({ wholeAfter: 480, known: 480 });
    const observed = await store.lookUntil(noon + tick);
    expect(observed).toMatchObject({ latenessSeconds: 480 });
    expect(observed.settledUntil).toBeLessThanOrEqual(noon - 480 * second);
  });

  test('is told until enough steps were watched for as long, then the source is prompt', async () => {
    const store = lateStore({ wholeAfter: 0, known: 480 });
    expect(await store.lookUntil(noon + 7 * 60 * second)).toMatchObject({ latenessSeconds: 480 });
    expect(await store.lookUntil(noon + 15 * 60 * second)).toMatchObject({ latenessSeconds: 0 });
  });
});

test('a settled sample is not lowered by a later answer that knows less', async () => {
  let part = 1;
  const source: MetricSource = {
    type: 'forgetful',
    readRange: async ({ start, end }) => ({
      start,
      stepSeconds: 60,
      values: Array.from({ length: (end - start) / 60_000 }, () => 100 * part),
    }),
  };
  const history = createDemandHistory({ store: source });
  const input = { source: 'store', query: 'q', stepSeconds: 60, historyDays: 1 };
  for (let now = noon; now <= noon + 600 * second; now += tick) await history.observe(input, now);
  part = 0.5;
  const observed = (await history.observe(input, noon + 660 * second)) as DemandObservation;
  expect(observed.recent.values.slice(-4)).toEqual([100, 100, 50, 50]);
});
