import { expect, test } from 'vitest';
import { isReviewDue } from '../../src/review/is-review-due.ts';
import { planOf } from '../support/shop/apply-planned.ts';

function dueAt(now: string, measuredUntil: string): boolean {
  const start = Date.parse(`2026-11-27T${measuredUntil}Z`) - 600_000;
  const recent = { start, stepSeconds: 60, values: new Array<number>(10).fill(100) };
  const sale = { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T20:00:00Z' };
  const { plan, observation } = planOf({
    now: `2026-11-27T${now}Z`,
    sales: [sale],
    salePlans: [{ sale, targets: { gateway: [['2026-11-27T18:58:00Z', 20, 30]] } }],
    targets: { gateway: { spec: { entryPoint: true, ceiling: 30 }, demand: { recent } } },
  });
  const [outlook] = plan.sales;
  return outlook !== undefined && isReviewDue(outlook, observation.targets, observation.now);
}

test.each([
  ['not while the sale runs', '19:59:00', '19:59:00', false],
  ['not before its last minute is measured', '20:01:00', '19:59:00', false],
  ['once it is', '20:01:00', '20:00:00', true],
  ['a quarter of an hour later whatever is measured', '20:15:00', '19:30:00', true],
])('a review is due: %s', (_, now, measuredUntil, isDue) => {
  expect(dueAt(now, measuredUntil)).toBe(isDue);
});
