import { expect, test } from 'vitest';
import { SaleTimelines } from '../../../src/operator/memory/sale-timelines.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

/** A look at a sale that runs, `minute` minutes after its start. */
function lookAt(minute: number) {
  const given: Given = {
    now: new Date(Date.parse('2026-11-27T20:00:00Z') + minute * 60_000).toISOString(),
    sales: [{ name: 'drop', startTime: '2026-11-27T20:00:00Z', endTime: '2026-11-27T22:00:00Z' }],
    targets: { gateway: { spec: { entryPoint: true } } },
  };
  const observation = observationOf(given);
  const plan = planObservation(observation, forecastsOf(given, observation));
  const [salePlan] = observation.salePlans;
  const [outlook] = plan.sales;
  if (salePlan === undefined || outlook === undefined) throw new Error('a sale has a plan');
  return { observation, plan, salePlan, outlook };
}

function pointsAfter(timelines: SaleTimelines, minute: number): readonly string[] {
  const { observation, plan, salePlan, outlook } = lookAt(minute);
  const { timeline } = timelines.extend(salePlan, observation, plan, outlook);
  return timeline.flatMap(({ points }) => points.map(({ t }) => t));
}

test('points that are not stored yet are kept from look to look', () => {
  const timelines = new SaleTimelines();
  const first = pointsAfter(timelines, 1);
  const second = pointsAfter(timelines, 2);
  expect(first).toHaveLength(1);
  expect(second).toEqual([...first, expect.any(String)]);
});

test('those of a SalePlan that is gone are forgotten', () => {
  const timelines = new SaleTimelines();
  pointsAfter(timelines, 1);
  expect(timelines.size).toBe(1);
  timelines.keepOnly('marketplace', new Set());
  expect(timelines.size).toBe(0);
});
