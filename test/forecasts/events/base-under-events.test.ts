import { expect, test } from 'vitest';
import { demandFrom, type Event, ensemble, fitDemand, levelProfile, type Model } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

test('the base is the ensemble, but level × profile where a sale adds demand', () => {
  const history = madeUpDemand({ days: 21, stepSeconds: 300 });
  const now = monday + 21 * dayMs;
  const start = now + 10 * hourMs;
  const sale: Event = { id: 'sale', start, end: start + 2 * hourMs, features: {} };
  const input = { from: now, steps: 288, levels: [0.9], events: [sale] };
  const { base } = fitDemand(history, { now, events: [] }).predict(input);
  const [members, calm] = [ensemble, levelProfile].map(model => model.fit(history, { now, events: [] }).predict(input));
  const inside = [114, 120, 155];
  const outside = [0, 100, 113, 168, 287];
  const at = (steps: readonly number[], values: readonly number[] | undefined) => steps.map(i => values?.[i]);
  expect(at(inside, base.point)).toEqual(at(inside, calm?.point));
  expect(at(outside, base.point)).toEqual(at(outside, members?.point));
  expect(at(inside, base.quantiles[0]?.values)).toEqual(at(inside, calm?.quantiles[0]?.values));
  expect(at(outside, base.quantiles[0]?.values)).toEqual(at(outside, members?.quantiles[0]?.values));
});

test('the ensemble forecasts only where no sale adds its full demand', () => {
  const history = madeUpDemand({ days: 14, stepSeconds: 300 });
  const now = monday + 14 * dayMs;
  const sale: Event = { id: 'sale', start: now, end: now + 4 * hourMs, features: {} };
  let asked = 0;
  const counted: Model = {
    name: 'counted',
    fit: (...known) => {
      const fitted = ensemble.fit(...known);
      return {
        ...fitted,
        predict: options => {
          asked++;
          return fitted.predict(options);
        },
      };
    },
  };
  const { predict } = demandFrom(counted)(history, { now, events: [] });
  predict({ from: now, steps: 48, levels: [0.9], events: [sale] });
  expect(asked).toBe(0);
  predict({ from: now, steps: 96, levels: [0.9], events: [sale] });
  predict({ from: now, steps: 48, levels: [0.9], events: [] });
  expect(asked).toBe(2);
});
