import { expect, test } from 'vitest';
import type { FittedDemand } from '../../../forecasts/index.ts';
import { acceptNamespace } from '../../../src/plan/accept/accept-namespace.ts';
import { forecastTargets } from '../../../src/plan/demand/forecast-targets.ts';
import { planForecastWindows } from '../../../src/plan/demand/plan-forecast-windows.ts';
import { saleEventsByTarget } from '../../../src/plan/demand/sale-events.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

const now = '2026-11-27T19:30:00Z';
const sale = (name: string) => ({
  name,
  startTime: '2026-11-27T19:00:00Z',
  endTime: '2026-11-27T21:00:00Z',
  expectedPeakPercent: 300,
  entryPoints: [name],
});
const observation = observationOf({ now, sales: [sale('good'), sale('bad')], targets: { good: {}, bad: {} } });

/** A model that forecasts the same value for every step. */
function flat(value: () => number): FittedDemand {
  return {
    fittedAt: Date.parse('2026-11-27T18:00:00Z'),
    predict: ({ from, steps, levels }) => {
      const values = Array.from({ length: steps }, value);
      const base = {
        model: 'flat',
        start: from,
        stepSeconds: 60,
        point: values,
        quantiles: levels.map(level => ({ level, values })),
      };
      return { base, extras: [], basis: 'made up' };
    },
  } as Partial<FittedDemand> as FittedDemand;
}

function planWith(bad: FittedDemand) {
  const accepted = acceptNamespace(observation);
  const forecasts = forecastTargets({
    observation,
    windows: planForecastWindows(observation, accepted),
    events: saleEventsByTarget(accepted),
    fitted: { good: flat(() => 100), bad },
  });
  const { targets, sales } = planObservation(observation, forecasts);
  return {
    good: JSON.stringify([targets.find(one => one.target === 'good'), sales.find(one => one.sale === 'good')]),
    bad: sales.find(one => one.sale === 'bad'),
  };
}

const healthy = planWith(flat(() => 100));

test.each([
  [
    'throws',
    () => {
      throw new RangeError('no such day');
    },
    'no forecast can be made: no such day',
  ],
  ['is infinite', () => Number.POSITIVE_INFINITY, 'the forecast is no finite number'],
  ['is not a number', () => Number.NaN, 'the forecast is no finite number'],
])(
  'a forecast that %s is told on its own sale, and every other byte of the plan is as without it',
  (_, value, words) => {
    const { good, bad } = planWith(flat(value));
    expect(good).toBe(healthy.good);
    expect(bad?.risks.join()).toContain(words);
  },
);
