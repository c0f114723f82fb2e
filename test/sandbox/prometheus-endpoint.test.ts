import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prometheusSource } from '../../src/observe/metrics/prometheus.ts';
import { type PrometheusEndpoint, startPrometheusEndpoint } from '../../src/sandbox/prometheus-endpoint.ts';

const query = 'sum(rate(http_requests_total{service="gateway"}[1m]))';
const start = Date.parse('2026-11-27T18:00:00Z');
const minute = 60_000;
let now: number;
let endpoint: PrometheusEndpoint;

beforeEach(async () => {
  now = start + 10 * minute;
  const mean = (from: number, until: number) =>
    from === start + 3 * minute ? null : (until - start) / minute + (until - from - minute);
  endpoint = await startPrometheusEndpoint([{ query, windowSeconds: 60, mean }], { now: () => now });
});

afterEach(() => endpoint.close());

describe('the sandbox’s Prometheus', () => {
  test('gives the operator’s own source the mean of each step, and a gap where nothing was scraped', async () => {
    const source = prometheusSource({ url: endpoint.url });
    const series = await source.readRange({ query, start, end: start + 5 * minute, stepSeconds: 60 });
    expect(series).toEqual({ start, stepSeconds: 60, values: [1, 2, 3, null, 5] });
  });

  test('knows nothing of what has not happened yet', async () => {
    const source = prometheusSource({ url: endpoint.url });
    const series = await source.readRange({
      query,
      start: start + 8 * minute,
      end: start + 12 * minute,
      stepSeconds: 60,
    });
    expect(series.values).toEqual([9, 10, null, null]);
    expect(await ask('query', { query, time: String((now + minute) / 1000) })).toMatchObject({ data: { result: [] } });
  });

  test('answers an instant query at now when no time is named', async () => {
    expect(await ask('query', { query })).toEqual({
      status: 'success',
      data: { resultType: 'vector', result: [{ metric: {}, value: [now / 1000, '10'] }] },
    });
  });

  test('answers a query it does not know with no series, as Prometheus does', async () => {
    const answer = await ask('query_range', {
      query: 'up',
      start: String(start / 1000),
      end: String(now / 1000),
      step: '1m',
    });
    expect(answer).toEqual({ status: 'success', data: { resultType: 'matrix', result: [] } });
  });

  test.each([
    {
      title: 'too many points',
      more: { start: '0', step: '15' },
      error: /exceeded maximum resolution of 11000 points/,
    },
    { title: 'an end before its start', more: { end: '1' }, error: /end timestamp must not be before start/ },
    { title: 'a step of nothing', more: { step: '0' }, error: /invalid parameter "step": cannot parse "0"/ },
    { title: 'a time that is none', more: { start: 'soon' }, error: /invalid parameter "start": cannot parse "soon"/ },
  ])('refuses $title with 400 and a reason', async ({ more, error }) => {
    const valid = { query, start: String(start / 1000), end: String(now / 1000), step: '60' };
    expect(await ask('query_range', { ...valid, ...more }, 400)).toMatchObject({
      status: 'error',
      errorType: 'bad_data',
      error: expect.stringMatching(error),
    });
  });

  test('remembers what was asked and when, so that looking ahead can be proven', async () => {
    await ask('query_range', { query, start: String(start / 1000), end: String((now + minute) / 1000), step: '60' });
    expect(endpoint.asked).toEqual([{ query, end: now + minute, at: now }]);
  });
});

async function ask(path: string, parameters: Record<string, string>, status = 200): Promise<unknown> {
  const response = await fetch(`${endpoint.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  expect(response.status).toBe(status);
  return response.json();
}
