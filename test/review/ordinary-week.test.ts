import { expect, test } from 'vitest';
import { ordinaryWeek } from '../../src/review/ordinary-week.ts';

const origin = Date.parse('2026-11-25T06:00:00Z');
const dayMs = 86_400_000;
const day = {
  replicaHours: 110,
  replicaHoursAlone: 100,
  secondsShort: 15,
  secondsShortAlone: 600,
  secondsMeasured: 86_400,
};

test('days are added up, and the newest one says until when', () => {
  const days = new Map([
    [origin, day],
    [origin + dayMs, { ...day, replicaHours: 95 }],
  ]);
  expect(ordinaryWeek(days)).toEqual({
    until: '2026-11-27T06:00:00Z',
    days: 2,
    replicaHours: 5,
    secondsShort: 30,
    secondsShortAlone: 1200,
  });
});

test('a day that was measured for less than half of it does not count', () => {
  expect(ordinaryWeek(new Map([[origin, { ...day, secondsMeasured: 43_100 }]]))).toBeUndefined();
  expect(ordinaryWeek(new Map())).toBeUndefined();
});
