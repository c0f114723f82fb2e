import { describe, expect, test } from 'vitest';
import type { Series } from '../../forecasts/index.ts';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { type Lesson, whatWasLearned } from '../../src/review/what-was-learned.ts';
import { scalingTarget } from '../support/shop/kinds.ts';

const object = scalingTarget({ leadTimeSeconds: 90, capacityPerReplica: '45' });
const target = parseScalingTarget({ ...object, metadata: { ...object.metadata, name: 'checkout' } });
const series = (value: number | null, start = 0): Series => ({ start, stepSeconds: 60, values: [value, value, value] });
const caller = (actual: Series | undefined, perThousandRequests = 25) => ({
  name: 'gateway',
  perThousandRequests,
  actual,
});
const lesson = (fields: Partial<Lesson>): Lesson => ({
  target,
  review: {},
  highestRate: 0,
  callers: [],
  actual: undefined,
  ...fields,
});

describe('what a sale showed', () => {
  test('of the lead time and of the capacity stands beside what is stated', () => {
    expect(whatWasLearned(lesson({ review: { secondsToReady: 74 }, highestRate: 38.123 }))).toEqual([
      'Ready 1 min 14 s after the raise began; leadTimeSeconds states 1 min 30 s.',
      'A ready replica served up to 38.12 requests/s while enough were ready; capacityPerReplica states 45.',
    ]);
  });

  test('of a call ratio is told where it differs by more than a fifth', () => {
    const told = (demand: number) =>
      whatWasLearned(lesson({ actual: series(demand), callers: [caller(series(1000))] }));
    expect(told(31)).toEqual(['checkout got 31 of 1,000 requests of gateway in the sale; its calls state 25.']);
    expect(told(30)).toEqual([]);
    expect(told(19)).toHaveLength(1);
  });

  test.each<readonly [string, Partial<Lesson>]>([
    ['nothing was measured', { actual: series(null), callers: [caller(series(null))] }],
    ['nobody calls it', { actual: series(31) }],
    ['two targets call it', { actual: series(31), callers: [caller(series(1000)), caller(series(1000))] }],
    ['the caller was not measured', { actual: series(31), callers: [caller(undefined)] }],
    ['the steps do not meet', { actual: series(31, 30_000), callers: [caller(series(1000))] }],
  ])('is nothing where %s', (_, fields) => {
    expect(whatWasLearned(lesson(fields))).toEqual([]);
  });
});
