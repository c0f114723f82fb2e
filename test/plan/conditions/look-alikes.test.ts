import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';

test('a sale that is only watched doubles no other, but hears that the other is added to it', () => {
  const times = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 };
  const { plan } = planOf({
    now: '2026-11-27T12:00:00Z',
    sales: [
      { name: 'drop', ...times },
      { name: 'trial', ...times, mode: 'ForecastOnly' },
    ],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true } } },
  });
  expect(plan.sales.map(({ sale, risks }) => [sale, risks])).toEqual([
    ['drop', []],
    [
      'trial',
      ['drop has the same start, end and entry points: their demand is added up. Keep one if they are the same sale.'],
    ],
  ]);
});
