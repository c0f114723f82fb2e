import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';

const daySeconds = 86_400;

/** What is said of a sale of two hours on 20 November, 28 days of history being known a week later. */
function completed(input: {
  readonly sale?: Readonly<Record<string, unknown>>;
  readonly demand?: Readonly<Record<string, unknown>>;
}): string | undefined {
  const sale = {
    name: 'drop',
    startTime: '2026-11-20T19:00:00Z',
    endTime: '2026-11-20T21:00:00Z',
    expectedPeakPercent: 800,
    ...input.sale,
  };
  const demand = { ageSeconds: 0, historySeconds: 28 * daySeconds, ...input.demand };
  const { plan } = planOf({
    now: '2026-11-27T12:00:00Z',
    sales: [sale],
    unplanned: ['drop'],
    targets: { gateway: { spec: { entryPoint: true }, demand: 'missing' in demand ? { missing: 'none' } : demand } },
  });
  return plan.sales[0]?.conditions.find(({ type }) => type === 'Completed')?.message;
}

test.each([
  ['lies in the history', {}, 'The sale ended at 2026-11-20T21:00:00Z; it teaches the next forecast.'],
  [
    'lies before it',
    { demand: { historySeconds: 6 * daySeconds } },
    'The sale ended at 2026-11-20T21:00:00Z; it lies before the history begins and teaches nothing.',
  ],
  [
    'began before it',
    { demand: { historySeconds: 6 * daySeconds + 16 * 3600 } },
    'The sale ended at 2026-11-20T21:00:00Z; it began before the history does and teaches nothing.',
  ],
  [
    'came after the newest data',
    { demand: { ageSeconds: 7 * daySeconds } },
    'The sale ended at 2026-11-20T21:00:00Z; the history has less than half of it, so it teaches nothing.',
  ],
  [
    'reaches what has no history',
    { demand: { missing: 'none' } },
    'The sale ended at 2026-11-20T21:00:00Z; it teaches nothing while there is no history of what it reaches.',
  ],
  [
    'was cancelled and is still to come',
    { sale: { cancelled: true, startTime: '2026-11-28T19:00:00Z', endTime: '2026-11-28T21:00:00Z' } },
    'The sale was cancelled before it began; nothing is raised and it teaches nothing.',
  ],
  [
    'was cancelled and nothing saw it',
    { sale: { cancelled: true } },
    'The sale of 2026-11-20T19:00:00Z was cancelled and no SalePlan tells how far it got; nothing is raised and it teaches nothing.',
  ],
])('a past sale that %s says what it teaches', (_, input, message) => {
  expect(completed(input)).toBe(message);
});
