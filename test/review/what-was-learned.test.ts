import { describe, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { type Lesson, whatWasLearned } from '../../src/review/what-was-learned.ts';
import { scalingTarget } from '../support/shop/kinds.ts';

const object = scalingTarget({ leadTimeSeconds: 90, capacityPerReplica: '45' });
const target = parseScalingTarget({ ...object, metadata: { ...object.metadata, name: 'checkout' } });
const lesson = (fields: Partial<Lesson>): Lesson => ({
  target,
  review: {},
  highestRate: 0,
  inUse: { basis: 'Stated', perReplica: 45 },
  calls: [],
  ...fields,
});

describe('what a sale showed', () => {
  test('of the lead time and of the capacity stands beside what is stated', () => {
    expect(whatWasLearned(lesson({ review: { secondsToReady: 74 }, highestRate: 38.123 }))).toEqual([
      'Ready 1 min 14 s after the raise began; leadTimeSeconds states 1 min 30 s.',
      'A ready replica served up to 38.12 requests/s while enough were ready; capacityPerReplica states 45.',
    ]);
  });

  test('of a capacity that was learned or is not known says what its replicas were judged by', () => {
    const inUse = { basis: 'Learned', perReplica: 27.3, high: 33, hours: 3 } as const;
    expect(whatWasLearned(lesson({ highestRate: 30, inUse }))).toEqual([
      'A ready replica served up to 30 requests/s while enough were ready; planned with 27 requests/s per replica, learned from 3 hours in which the objective broke (27 to 33 with 80 % probability).',
    ]);
    const [told] = whatWasLearned(lesson({ highestRate: 30, inUse: { basis: 'Unknown' } }));
    expect(told).toMatch(
      /^A ready replica served up to 30 requests\/s; capacityPerReplica is not stated and .*not judged\. State/,
    );
  });

  test('of a call ratio is told where it differs by more than a fifth', () => {
    const told = (perThousandRequests: number) =>
      whatWasLearned(lesson({ calls: [{ caller: 'gateway', perThousandRequests, declared: 25 }] }));
    expect(told(31)).toEqual(['checkout got 31 of 1,000 requests of gateway in the sale; its calls state 25.']);
    expect(told(30)).toEqual([]);
    expect(told(19)).toHaveLength(1);
  });

  test('is nothing where nothing was measured', () => {
    expect(whatWasLearned(lesson({}))).toEqual([]);
  });

  test('is at most eight lessons, which a review keeps', () => {
    const calls = Array.from({ length: 20 }, (_, n) => ({ caller: `c${n}`, perThousandRequests: 50, declared: 25 }));
    expect(whatWasLearned(lesson({ calls, review: { secondsToReady: 74 }, highestRate: 38 }))).toHaveLength(8);
  });
});
