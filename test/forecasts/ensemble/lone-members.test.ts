import { describe, expect, test } from 'vitest';
import {
  holtWinters,
  lagRidge,
  mae,
  rawLagRidge,
  residualRidgeAlone,
  seasonalNaiveWeek,
} from '../../../forecasts/index.ts';
import { describeForecastModel } from '../../contracts/forecast-model.ts';
import { dayMs, madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

for (const model of [holtWinters, lagRidge, rawLagRidge, residualRidgeAlone]) describeForecastModel(model);

describe.each([3600, 300])('in steps of %s s', stepSeconds => {
  const perDay = 86_400 / stepSeconds;
  const demand = madeUpDemand({ days: 29, stepSeconds, noise: 0.2 });
  const history = { ...demand, values: demand.values.slice(0, 28 * perDay) };
  const truth = demand.values.slice(28 * perDay).map(value => value ?? 0);
  const context = { now: monday + 28 * dayMs, events: [] };
  const input = { steps: perDay, levels: [0.95], events: [] };

  test.each([holtWinters, lagRidge, residualRidgeAlone])(
    '$name knows day and week better than last week alone',
    model => {
      const fitted = model.fit(history, context);
      const naive = seasonalNaiveWeek.fit(history, context).predict(input);
      expect(fitted.basis).toContain(`${model.name} on 28 d`);
      expect(mae(truth, fitted.predict(input).point)).toBeLessThan(0.9 * mae(truth, naive.point));
    },
  );
});

test('double-seasonal Holt-Winters uses the ladder below two weeks', () => {
  const history = madeUpDemand({ days: 13, stepSeconds: 300 });
  expect(holtWinters.fit(history, { now: monday + 13 * dayMs, events: [] }).basis).toMatch(/^level × day profile/);
});

test('the raw lag ridge forecasts an hourly week, and uses the ladder at finer steps', () => {
  const demand = madeUpDemand({ days: 29, stepSeconds: 3600, noise: 0.2 });
  const history = { ...demand, values: demand.values.slice(0, 28 * 24) };
  const context = { now: monday + 28 * dayMs, events: [] };
  const input = { steps: 24, levels: [0.95], events: [] };
  const truth = demand.values.slice(28 * 24).map(value => value ?? 0);
  const own = rawLagRidge.fit(history, context).predict(input);
  expect(own.point).not.toEqual(lagRidge.fit(history, context).predict(input).point);
  expect(mae(truth, own.point)).toBeLessThan(
    0.9 * mae(truth, seasonalNaiveWeek.fit(history, context).predict(input).point),
  );
  const finer = rawLagRidge.fit(madeUpDemand({ days: 28, stepSeconds: 300 }), context);
  expect(finer.basis).toMatch(/^level × day profile/);
});
