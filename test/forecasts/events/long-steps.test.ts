import { expect, test } from 'vitest';
import { type Event, fitDemand, totalDemand } from '../../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday, normalFrom, seededRandom } from '../../support/demand/made-up-demand.ts';

const evening = (day: number): Event => ({
  id: `day ${day}`,
  start: monday + day * dayMs + 17 * hourMs,
  end: monday + day * dayMs + 23 * hourMs,
  statedPeakRatio: 5,
  features: {},
});

test.each([0, 4])('a sale of an evening lifts its day in a daily series, with %s past ones', past => {
  const normal = normalFrom(seededRandom(past));
  const sales = [22, 26, 31, 36].slice(0, past);
  const days = madeUpDemand({ days: 43, stepSeconds: 86_400 }).values;
  const values = days.map((value, day) => (value ?? 0) * (sales.includes(day) ? 1.6 * Math.exp(0.1 * normal()) : 1));
  const now = monday + 43 * dayMs;
  const fitted = fitDemand({ start: monday, stepSeconds: 86_400, values }, { now, events: sales.map(evening) });
  const demand = fitted.predict({ from: now, steps: 3, levels: [0.95], events: [evening(44)] });
  const [before = 0, during = 0, after = 0] = totalDemand(demand).point.map(
    (value, i) => value / (demand.base.point[i] ?? 0),
  );
  expect([before, after].map(ratio => Math.round(10 * ratio) / 10)).toEqual([1, 1]);
  expect(during).toBeGreaterThan(1.3);
  expect(during).toBeLessThan(2.2);
});
