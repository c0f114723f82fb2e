import { describe, expect, test } from 'vitest';
import { createDemandHistory } from '../../src/observe/demand-history.ts';
import { type MetricSource, MetricSourceError } from '../../src/observe/metrics/metric-source.ts';
import type { RangeQuery } from '../../src/observe/metrics/range-query.ts';
import type { DemandObservation } from '../../src/observe/observation.ts';

const minute = 60_000;
const noon = Date.parse('2026-11-20T12:00:00Z');
const input = { source: 'prometheus', query: 'q', stepSeconds: 60, historyDays: 1 };

/** A source that records what it was asked and answers with `value(step start)`. */
function recordingSource(value: (at: number) => number | null) {
  const asked: RangeQuery[] = [];
  const source: MetricSource & { value: typeof value; failure?: Error } = {
    type: 'recording',
    value,
    async readRange(range) {
      asked.push(range);
      if (source.failure !== undefined) throw source.failure;
      const steps = (range.end - range.start) / (range.stepSeconds * 1000);
      const values = Array.from({ length: steps }, (_, index) =>
        source.value(range.start + index * range.stepSeconds * 1000),
      );
      return { start: range.start, stepSeconds: range.stepSeconds, values };
    },
  };
  return { source, asked };
}

describe('createDemandHistory', () => {
  test('asks once a step, for the new one and the newest quarter of an hour, and never beyond now', async () => {
    const { source, asked } = recordingSource(() => 1);
    const history = createDemandHistory({ prometheus: source });
    for (const now of [noon + 30_000, noon + 45_000, noon + minute, noon + 3 * minute + 1])
      await history.observe(input, now);

    expect(asked.map(({ start, end }) => [start, end])).toEqual([
      [noon - 1.5 * 1440 * minute, noon],
      [noon - 14 * minute, noon + minute],
      [noon - 11 * minute, noon + 3 * minute],
    ]);
  });

  test('asks again for samples that came late, and fills the gap', async () => {
    const { source, asked } = recordingSource(at => (at >= noon - 2 * minute ? null : 1));
    const history = createDemandHistory({ prometheus: source });
    await history.observe(input, noon);
    source.value = at => (at >= noon - 2 * minute ? 2 : 1);
    const observed = (await history.observe(input, noon + minute)) as DemandObservation;

    expect(asked.at(-1)?.start).toBe(noon - 14 * minute);
    expect(observed.recent.values.slice(-4)).toEqual([1, 2, 2, 2]);
    expect(observed.ageSeconds).toBe(0);
  });

  test('is as old as its newest sample, however lately the store was asked', async () => {
    const { source } = recordingSource(at => (at >= noon - 5 * minute ? null : 1));
    const history = createDemandHistory({ prometheus: source });
    expect(await history.observe(input, noon)).toMatchObject({ ageSeconds: 300 });
    expect(await history.observe(input, noon + minute)).toMatchObject({ ageSeconds: 360 });
  });

  test('keeps what it has while the store is down, tells why, and lets the age grow', async () => {
    const { source } = recordingSource(() => 5);
    const history = createDemandHistory({ prometheus: source });
    await history.observe(input, noon);
    source.failure = new MetricSourceError('Unreachable', 'nobody answered.');
    const observed = (await history.observe(input, noon + 5 * minute)) as DemandObservation;

    expect(observed).toMatchObject({ ageSeconds: 300, failure: 'nobody answered.' });
    expect(observed.recent.values.at(-1)).toBe(5);
  });

  test.each([
    ['a store that never answered', new MetricSourceError('Unreachable', 'nobody answered.'), 'nobody answered.'],
    ['a query without any sample', undefined, 'source "prometheus" has no sample for this query in the last 1 days.'],
  ])('says what is missing for %s', async (_, failure, missing) => {
    const { source } = recordingSource(() => null);
    if (failure !== undefined) source.failure = failure;
    expect(await createDemandHistory({ prometheus: source }).observe(input, noon)).toEqual({ missing });
  });

  test('names the sources it knows when asked for another', async () => {
    const history = createDemandHistory({ prometheus: recordingSource(() => 1).source });
    expect(await history.observe({ ...input, source: 'promtheus' }, noon)).toEqual({
      missing: 'the operator\'s settings have no metric source "promtheus"; they have "prometheus".',
    });
  });

  test('reads the same range as the same values, with gaps outside of what is known', async () => {
    const { source } = recordingSource(at => (at - noon) / minute + 50);
    const history = createDemandHistory({ prometheus: source });
    const observed = (await history.observe(input, noon)) as DemandObservation;
    const series = history.read(observed.historyKey, noon - 2 * minute, noon + minute);
    expect(series?.values).toEqual([48, 49, null]);
  });

  test('forgets what is older than the history asked for, also after a year without a restart', async () => {
    const { source } = recordingSource(() => 1);
    const history = createDemandHistory({ prometheus: source });
    await history.observe(input, noon);
    const later = noon + 365 * 86_400_000;
    const observed = (await history.observe(input, later)) as DemandObservation;
    expect(history.read(observed.historyKey, noon - minute, noon)?.values).toEqual([null]);
    expect(observed.recent.values).toHaveLength(120);
  });

  test('asks again, after six hours, for what a first answer left out', async () => {
    const { source } = recordingSource(at => (at < noon - 120 * minute ? null : 1));
    const history = createDemandHistory({ prometheus: source });
    await history.observe(input, noon);
    source.value = () => 1;
    await history.observe(input, noon + 5 * 60 * minute);
    const before = (await history.observe(input, noon + 5 * 60 * minute)) as DemandObservation;
    const after = (await history.observe(input, noon + 6 * 60 * minute)) as DemandObservation;

    expect(before.historySeconds).toBe(7 * 3600);
    expect(after.historySeconds).toBe((36 + 6) * 3600);
  });

  test('knows the same of the range before a boundary, whether it ran through it or began after it', async () => {
    const { source } = recordingSource(at => Math.sin(at / minute) + 2);
    const old = createDemandHistory({ prometheus: source });
    const boundary = noon + 6 * 60 * minute;
    for (let now = noon; now <= boundary + 5 * 60 * minute; now += 15 * minute) await old.observe(input, now);
    const fresh = createDemandHistory({ prometheus: source });
    const { historyKey } = (await fresh.observe(input, boundary + 5 * 60 * minute)) as DemandObservation;

    const range = [historyKey, boundary - 86_400_000, boundary] as const;
    expect(fresh.read(...range)?.values).not.toContain(null);
    expect(fresh.read(...range)).toEqual(old.read(...range));
  });

  test('keeps two targets apart that ask the same question of different days', async () => {
    const { source } = recordingSource(() => 1);
    const history = createDemandHistory({ prometheus: source });
    const [short, long] = await Promise.all([
      history.observe(input, noon),
      history.observe({ ...input, historyDays: 7 }, noon),
    ]);
    expect(short).toMatchObject({ historySeconds: 36 * 3600 });
    expect(long).toMatchObject({ historySeconds: (7 * 24 + 12) * 3600 });
  });

  test('waits no longer than its patience, tells what it knows, and takes the answer in when it comes', async () => {
    const { source } = recordingSource(() => 1);
    const answer = Promise.withResolvers<void>();
    const readRange = source.readRange.bind(source);
    source.readRange = async range => answer.promise.then(() => readRange(range));
    const history = createDemandHistory({ prometheus: source }, 20);

    expect(await history.observe(input, noon)).toEqual({
      missing: 'source "prometheus" is still being read.',
      isPending: true,
    });
    answer.resolve();
    expect(await history.observe(input, noon)).toMatchObject({ ageSeconds: 0 });
  });

  test('lets one caller wait for a source that hangs, and no other until it answers; each is told of the answer', async () => {
    const { source } = recordingSource(() => 1);
    const answer = Promise.withResolvers<void>();
    const readRange = source.readRange.bind(source);
    source.readRange = async range => answer.promise.then(() => readRange(range));
    const late: string[] = [];
    const history = createDemandHistory({ prometheus: source }, 200, namespace => late.push(namespace));
    const millisecondsOf = async (query: string, namespace: string) => {
      const started = performance.now();
      await history.observe({ ...input, query }, noon, namespace);
      return performance.now() - started;
    };

    expect(await millisecondsOf('q', 'a')).toBeGreaterThan(190);
    for (const query of ['q', 'r', 's']) expect(await millisecondsOf(query, 'b'), query).toBeLessThan(150);
    expect(late).toEqual([]);
    answer.resolve();
    await expect.poll(() => late.toSorted()).toEqual(['a', 'b', 'b', 'b']);
    expect(await history.observe(input, noon, 'a')).toMatchObject({ ageSeconds: 0 });
    expect(late).toHaveLength(4);
  });

  test('keeps the pieces of a long history that came before the store failed', async () => {
    const { source, asked } = recordingSource(() => 1);
    const readRange = source.readRange.bind(source);
    source.readRange = async range => {
      if (asked.length >= 2) source.failure = new MetricSourceError('Unreachable', 'nobody answered.');
      return readRange(range);
    };
    const observed = await createDemandHistory({ prometheus: source }).observe({ ...input, historyDays: 28 }, noon);
    expect(observed).toMatchObject({ failure: 'nobody answered.', historySeconds: expect.any(Number) });
  });

  test('takes a negative demand for not measured', async () => {
    const { source } = recordingSource(at => (at === noon - minute ? -1 : 1));
    const observed = (await createDemandHistory({ prometheus: source }).observe(input, noon)) as DemandObservation;
    expect(observed.recent.values.slice(-2)).toEqual([1, null]);
  });
});
