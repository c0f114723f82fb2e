import { expect, test } from 'vitest';
import { revisePlan } from '../../../src/plan/revise-plan.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, type GivenTarget, observationOf } from '../../support/shop/planned-namespace.ts';

const sale = {
  name: 'drop',
  startTime: '2026-11-27T20:00:00+01:00',
  endTime: '2026-11-27T22:00:00+01:00',
  timeZone: 'Europe/Berlin',
  expectedPeakPercent: 800,
};

/** The made-up forecast is what is stated, its P95 a fifth more: 30 requests/s × 8 × 1.2, at 10 a replica. */
test.each<[string, GivenTarget['spec'], string]>([
  ['P95 where no limit binds', {}, 'you said 8×; no past sale was measured; planned for 8×, safe to 9.6×'],
  ['what the ceiling leaves', { ceiling: 24 }, 'planned for 8×, safe to 7.9×'],
  ['nothing where it is only watched', { mode: 'ForecastOnly' }, 'forecast 8×, nothing is raised'],
])('a sale is safe to %s, and its SalePlan says so', (_, spec, sentence) => {
  const given: Given = {
    now: '2026-11-27T18:00:00Z',
    sales: [sale],
    targets: { gateway: { forecast: 30, spec: { entryPoint: true, ...spec } } },
  };
  const observation = observationOf(given);
  const [outlook] = planObservation(observation, forecastsOf(given, observation)).sales;
  if (outlook === undefined) throw new Error('the sale is planned');
  expect(outlook.peakBasis).toContain(sentence);
  expect(revisePlan(outlook, undefined, observation.now).peakBasis).toBe(outlook.peakBasis);
});
