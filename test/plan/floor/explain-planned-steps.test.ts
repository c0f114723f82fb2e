import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import type { GivenTarget } from '../../support/shop/planned-namespace.ts';

function plannedChanges(target: GivenTarget): readonly string[] {
  const { plan } = planOf({
    now: '2026-11-27T12:00:00Z',
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: { gateway: { spec: { entryPoint: true }, ...target } },
  });
  const steps = plan.sales[0]?.targets[0]?.because ?? [];
  return steps
    .filter(({ rule }) => ['raise', 'sink', 'restore'].includes(rule))
    .map(({ rule, value, message }) => `${rule} ${value}: ${message}`);
}

test('a SalePlan says why its bounds change when they do', () => {
  expect(plannedChanges({ forecast: 30 })).toEqual([
    'raise 29: raised at 18:53 UTC, in time for drop, which starts at 19:00 UTC',
    "sink 9: sinks from 19:41 UTC on, when the forecast's peak is over, to P95 of the rest, while demand is fresh",
    'restore 4: back to 4..20 from 21:00 UTC on',
  ]);
});

test('without a forecast nothing sinks before the end', () => {
  expect(
    plannedChanges({ forecast: { missing: 'Prometheus does not answer' } }).map(text => text.split(' ')[0]),
  ).toEqual(['raise', 'restore']);
});

test('a target that stays at its baseline has no change to explain', () => {
  expect(plannedChanges({ forecast: 1 })).toEqual([]);
});
