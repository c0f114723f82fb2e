import { expect, test } from 'vitest';
import { ladder } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

test.each([0.5, 1.2])('one wild step in %s days is not forecast again', days => {
  const calm = madeUpDemand({ days: 2, stepSeconds: 300 });
  const count = Math.round((days * dayMs) / 300_000);
  const wild = Math.round(0.6 * count);
  const values = calm.values.slice(0, count).map((value, i) => (i === wild ? 50 * (value ?? 0) : value));
  const now = monday + count * 300_000;
  const input = { steps: (24 * hourMs) / 300_000, levels: [0.95], events: [] };
  const forecast = ladder.fit({ ...calm, values }, { now, events: [] }).predict(input);
  const highest = Math.max(...calm.values.map(value => value ?? 0));
  expect(Math.max(...forecast.point)).toBeLessThanOrEqual(1.5 * highest);
  expect(Math.max(...(forecast.quantiles[0]?.values ?? []))).toBeLessThanOrEqual(8 * highest);
});
