import { describe, expect, test } from 'vitest';
import { levelProfile } from '../../forecasts/index.ts';
import { backtestChart } from '../../src/cli/forecast/backtest-chart.ts';
import { chartPoints, chartStep, chartUnit } from '../../src/cli/forecast/chart-points.ts';
import { forecastChart } from '../../src/cli/forecast/forecast-chart.ts';
import { forecastHistory } from '../../src/cli/forecast/forecast-history.ts';
import { judgeHistory } from '../../src/review/backtest/judge-history.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';

const sale = {
  id: 'drop',
  start: monday + 14 * dayMs + 6 * hourMs,
  end: monday + 14 * dayMs + 8 * hourMs,
  features: {},
};
const history = madeUpDemand({ days: 14, stepSeconds: 60 });

describe('a picture of a forecast', () => {
  const draw = (horizon: number, quantiles: readonly number[]) =>
    forecastChart(forecastHistory({ name: 'shop', history }, [sale], { horizon, quantiles }));

  test('shows as much history as future, and three hours at the least', () => {
    const now = monday + 14 * dayMs;
    expect(draw(dayMs, [0.5]).from).toBe(now - dayMs);
    expect(draw(hourMs, [0.5]).from).toBe(now - 3 * hourMs);
  });

  test('names what it shows: levels, sales, how far ahead, and over how long each point is the highest', () => {
    const { title, unit, layers, marks } = draw(dayMs, [0.5, 0.95]);
    expect(title).toBe('shop: demand of the next 24 h');
    expect(unit).toBe('requests per second, the highest in 5 min');
    expect(layers.map(({ label }) => label)).toEqual(['P50 to P95', 'without sales', 'measured', 'forecast']);
    expect(marks?.map(({ label }) => label)).toEqual(['now', 'drop']);
  });

  test('has a band up to a single level, and none without levels', () => {
    expect(draw(dayMs, [0.95]).layers[0]).toMatchObject({ kind: 'Band', label: 'up to P95' });
    expect(draw(dayMs, []).layers.some(({ kind }) => kind === 'Band')).toBe(false);
  });
});

describe('a picture of a backtest', () => {
  const input = { horizon: 6 * hourMs, origins: 3, lead: hourMs, quantiles: [0.5, 0.95] };
  const draw = (every: number) =>
    backtestChart(judgeHistory({ name: 'shop', history }, levelProfile, [], { ...input, every }));

  test('shows each forecast until the next one', () => {
    const { title, from, until, marks, layers } = draw(2 * hourMs);
    expect(title).toBe('shop: forecast every 2 h, and what came');
    expect(until - from).toBe(10 * hourMs);
    expect(marks).toHaveLength(3);
    expect(layers[2]?.points).toHaveLength(600);
  });

  test('leaves gaps where no forecast reaches', () => {
    const [band, , forecast] = draw(12 * hourMs).layers;
    const values = forecast?.points.map(point => ('value' in point ? point.value : null));
    expect(values).toContain(null);
    expect(band?.points).toHaveLength(values?.filter(value => value !== null).length ?? 0);
  });
});

test.each([
  [60, 6 * hourMs, 60, 'requests per second'],
  [60, 14 * dayMs, 1800, 'requests per second, the highest in 30 min'],
  [420, 60 * dayMs, 420, 'requests per second'],
  [3600, 365 * dayMs, 43_200, 'requests per second, the highest in 12 h'],
])('draws steps of %i s over %i ms in steps of %i s', (stepSeconds, span, drawn, unit) => {
  expect(chartStep(stepSeconds, span)).toBe(drawn);
  expect(chartUnit(stepSeconds, drawn)).toBe(unit);
});

test('thins by the highest value, so that no peak is lost', () => {
  const values = Array.from({ length: 60 }, (_, i) => (i === 17 ? 99 : 1));
  const points = chartPoints({ start: monday, stepSeconds: 60, values }, 600);
  expect(points.map(({ value }) => value)).toEqual([1, 99, 1, 1, 1, 1]);
});
