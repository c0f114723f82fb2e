import { describe, expect, test } from 'vitest';
import { parsePrometheusAnswer } from '../../../../src/cli/files/history/prometheus-answer.ts';

const answer = (data: unknown, status = 'success') => JSON.stringify({ status, data });
const result = (metric: object, values: readonly (readonly [number, string])[]) => ({ metric, values });
const matrix = (...all: readonly object[]) => answer({ resultType: 'matrix', result: all });

describe('the answer of Prometheus to a range query', () => {
  test('is one series without a name, missing where a value is none', () => {
    const text = matrix(
      result({ service: 'checkout' }, [
        [1780272000, '1.5'],
        [1780272060.25, 'NaN'],
        [1780272120, '+Inf'],
      ]),
    );
    const [only, ...others] = parsePrometheusAnswer('a.json', text);
    expect(others).toEqual([]);
    expect(only?.name).toBeUndefined();
    expect(only?.rows.map(({ at, value }) => [at, value])).toEqual([
      [1_780_272_000_000, 1.5],
      [1_780_272_060_250, null],
      [1_780_272_120_000, null],
    ]);
  });

  test.each([
    [
      'the label that tells all apart',
      [
        { job: 'shop', service: 'checkout' },
        { job: 'shop', service: 'payments' },
      ],
      ['checkout', 'payments'],
    ],
    [
      'the labels that do together',
      [
        { a: 'x', b: '1' },
        { a: 'x', b: '2' },
        { a: 'y', b: '1' },
      ],
      ['x 1', 'x 2', 'y 1'],
    ],
  ])('is a series for each result, named by %s', (_, metrics, names) => {
    const text = matrix(...metrics.map(metric => result(metric, [[1780272000, '1']])));
    expect(parsePrometheusAnswer('a.json', text).map(({ name }) => name)).toEqual(names);
  });

  test.each([
    [
      'says that the query failed',
      JSON.stringify({ status: 'error', error: 'parse error at 3' }),
      /a\.json is the answer to a query that failed: parse error at 3/,
    ],
    [
      'is an instant vector',
      answer({ resultType: 'vector', result: [] }),
      /a\.json holds a vector: ask \/api\/v1\/query_range/,
    ],
    ['is of another store', '{"status":"ok","series":[{"pointlist":[[1,2]]}]}', /a\.json is JSON and no answer of/],
    ['found nothing', matrix(), /a\.json has no series: the query found nothing/],
    [
      'is partial',
      JSON.stringify({ status: 'success', isPartial: true, data: { resultType: 'matrix', result: [result({}, [])] } }),
      /a\.json is an answer of only a part of the store: .*ask again/,
    ],
    [
      'holds native histograms',
      matrix({ metric: {}, histograms: [[1, { count: '2' }]] }),
      /a\.json holds native histograms: .*histogram_count/,
    ],
    ['is other JSON', '{"data": 5}', /a\.json is JSON and no answer of Prometheus/],
    ['is cut off', '{"data":', /a\.json is no JSON/],
  ])('is refused when it %s', (_, text, message) => {
    expect(() => parsePrometheusAnswer('a.json', text)).toThrow(message);
  });
});
