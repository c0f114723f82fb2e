import { expect, test } from 'vitest';
import { judgeMoney } from '../../src/review/judge-money.ts';

const spent = { replicaHoursOver: 10, requestsShort: 200, requestsShortAlone: 9000 };

test.each([
  ['no cost is stated', undefined, {}],
  ['orders are not stated', { replicaHour: 0.04 }, { idleCost: 0.4 }],
  [
    'orders are stated',
    { replicaHour: 0.04, lossPerRequest: 0.5 },
    { idleCost: 0.4, lossShort: 100, lossShortWithoutPrescale: 4500 },
  ],
  [
    'nothing costs anything',
    { replicaHour: 0, lossPerRequest: 0 },
    { idleCost: 0, lossShort: 0, lossShortWithoutPrescale: 0 },
  ],
])('what a sale cost where %s', (_, cost, money) => {
  expect(judgeMoney(spent, cost)).toEqual(money);
});

test('a demand that cannot be meant gives an amount that can be written', () => {
  const huge = { ...spent, requestsShort: 1e300 };
  expect(judgeMoney(huge, { replicaHour: 1, lossPerRequest: 1e9 }).lossShort).toBe(1e15);
});
