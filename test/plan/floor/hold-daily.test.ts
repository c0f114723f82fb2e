import { describe, expect, test } from 'vitest';
import { isMissing } from '../../../src/api/missing.ts';
import { rowOf, stepAt } from '../../../src/plan/demand/curve.ts';
import { floorLevel } from '../../../src/plan/demand/levels.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { floorsOf } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const start = Date.parse('2026-11-27T12:00:00Z');
const end = Date.parse('2026-11-30T00:00:00Z');

const given = (hold: string, now: number): Given => ({
  now: new Date(now).toISOString(),
  sales: [
    {
      name: 'week',
      startTime: '2026-11-27T12:00:00Z',
      endTime: '2026-11-30T00:00:00Z',
      expectedPeakPercent: 400,
      hold,
    },
  ],
  targets: { gateway: { forecast: 300, night: 0.2, spec: { entryPoint: true } } },
});

function floorAt(hold: string, now: number) {
  const observation = observationOf(given(hold, now));
  const { desiredFloors, sales } = floorsOf(observation, forecastsOf(given(hold, now), observation));
  const need = sales[0]?.needs.get('gateway');
  return { floor: desiredFloors[0]?.floor?.replicas ?? 0, need };
}

describe('a sale of days that is held daily', () => {
  const instants = Array.from({ length: 25 }, (_, index) => start + index * 2.5 * 3_600_000).filter(at => at < end);

  test.each(instants)('at %d covers the P95 of the minutes ahead, and never more than the whole sale', now => {
    const [daily, whole] = [floorAt('Daily', now), floorAt('WholeSale', now)];
    const { need } = daily;
    if (need === undefined || isMissing(need.total) || need.aheadMs === undefined)
      throw new Error('the sale has no demand');
    const row = rowOf(need.total, floorLevel);
    const [from, to] = [stepAt(need.total, now), stepAt(need.total, now + need.aheadMs) + 1];
    const highest = (steps: number) => Math.ceil(Math.max(...Array.from(row).slice(from, steps)) / 10 - 1e-9);
    expect(daily.floor).toBeGreaterThanOrEqual(highest(to));
    expect(daily.floor).toBeLessThanOrEqual(highest(to + 1));
    expect(daily.floor).toBeLessThanOrEqual(whole.floor);
  });

  test('costs less at night, and says what a stopped operator would cost', () => {
    const night = Date.parse('2026-11-28T04:00:00Z');
    expect(floorAt('Daily', night).floor).toBeLessThan(floorAt('WholeSale', night).floor / 3);
    const [sale] = planOf(given('Daily', start - 3_600_000)).plan.sales;
    const because = sale?.targets[0]?.because.map(({ message }) => message).join('\n');
    expect(because).toMatch(/if the operator stopped at 2026-11-28T0\d:\d\d:00Z, \d+ replicas would be lacking/);
  });

  test('records its way up and down from day to day', () => {
    const [sale] = planOf(given('Daily', start - 3_600_000)).plan.sales;
    const steps = sale?.targets[0]?.steps.map(({ minReplicas }) => minReplicas) ?? [];
    const rises = steps.filter((floor, index) => index > 0 && floor > (steps[index - 1] ?? 0));
    expect(rises.length).toBeGreaterThan(2);
    expect(steps.length).toBeLessThanOrEqual(202);
  });
});

test('a sale of a day or less is held whole, whatever it asks', () => {
  const oneDay: Given = {
    ...given('Daily', start),
    sales: [{ name: 'day', startTime: '2026-11-27T12:00:00Z', endTime: '2026-11-28T12:00:00Z', hold: 'Daily' }],
  };
  const observation = observationOf(oneDay);
  const { sales } = floorsOf(observation, forecastsOf(oneDay, observation));
  expect(sales[0]?.needs.get('gateway')?.aheadMs).toBeUndefined();
});
