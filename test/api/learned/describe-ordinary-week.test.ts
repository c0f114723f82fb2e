import { expect, test } from 'vitest';
import { describeOrdinaryWeek } from '../../../src/api/learned/describe-ordinary-week.ts';

const week = {
  until: '2026-11-27T06:00:00Z',
  days: 7,
  replicaHours: 12.34,
  secondsShort: 30,
  secondsShortAlone: 900,
};

test.each([
  [
    week,
    'short for 30 s instead of 15 min in the 7 days until 2026-11-27T06:00:00Z, 12 replica-hours more than the HPA alone, by simulation',
  ],
  [
    { ...week, days: 1, replicaHours: -3 },
    'short for 30 s instead of 15 min in the day until 2026-11-27T06:00:00Z, 3 replica-hours less than the HPA alone, by simulation',
  ],
])('what ordinary peaks saved and cost is told with its days: %o', (told, phrase) => {
  expect(describeOrdinaryWeek(told)).toBe(phrase);
});
