import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandFrom, ensemble, fitDemand, totalDemand } from '../../forecasts/index.ts';
import { expectSound } from '../contracts/forecast-model.ts';
import { dayMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';
import { makeWildDemand, wildSeed } from '../support/demand/wild-demand.ts';

describe.each([
  ['as the operator fits it', fitDemand],
  ['on the ensemble', demandFrom(ensemble)],
])('demand %s', (_, fit) => {
  test('is valid for any history, sales, actual values and window, and every extra is at least 0', () => {
    fc.assert(
      fc.property(wildSeed, seed => {
        const { history, context, options } = makeWildDemand(seed);
        const demand = fit(history, context).predict(options);
        expectSound(demand.base, options.steps);
        expectSound(totalDemand(demand), options.steps);
        for (const { extra } of demand.extras) {
          const numbers = [...extra.point, ...extra.quantiles.flatMap(({ values }) => values)];
          expect(numbers.filter(value => !(Number.isFinite(value) && value >= 0))).toEqual([]);
        }
      }),
      { seed: 21, numRuns: 80 },
    );
  });

  test('is valid on 60 days in steps of 15 seconds', () => {
    const history = madeUpDemand({ days: 60, stepSeconds: 15, noise: 0.3 });
    const now = monday + 60 * dayMs;
    const demand = fit(history, { now, events: [] });
    expectSound(demand.predict({ from: now, steps: 240, levels: [0.5, 0.95], events: [] }).base, 240);
  });
});
