import { describe, expect, test } from 'vitest';
import { ensemble, type Forecast, mae, type Series, seasonalNaiveDay } from '../../../forecasts/index.ts';
import { describeForecastModel } from '../../contracts/forecast-model.ts';
import { dayMs, hourMs, madeUpDemand, monday, ordinaryDemand } from '../../support/demand/made-up-demand.ts';

describeForecastModel(ensemble);

const levels = [0.05, 0.5, 0.95];

function forecastOf(history: Series, steps: number): Forecast {
  const now = history.start + history.values.length * history.stepSeconds * 1000;
  return ensemble.fit(history, { now, events: [] }).predict({ steps, levels, events: [] });
}

function truthOf({ start, stepSeconds, point }: Forecast): readonly number[] {
  return point.map((_, i) => ordinaryDemand(start + i * stepSeconds * 1000));
}

describe('the ensemble', () => {
  test.each([
    ['hourly', 3600, 48],
    ['five-minute', 300, 288],
    ['half-hourly', 1800, 48],
    ['one-minute', 60, 240],
  ])('halves the error of the seasonal naive on %s steps', (_, stepSeconds, steps) => {
    const history = madeUpDemand({ days: 21, stepSeconds, noise: 0.1 });
    const forecast = forecastOf(history, steps);
    const now = history.start + 21 * dayMs;
    const naive = seasonalNaiveDay.fit(history, { now, events: [] }).predict({ steps, levels, events: [] });
    const truth = truthOf(forecast);
    expect(forecast.model).toBe('ensemble');
    expect(mae(truth, forecast.point)).toBeLessThan(0.5 * mae(truth, naive.point));
  });

  test.each([
    ['a day and a half', 1.5, 300],
    ['two weeks of two-hour steps', 14, 7200],
  ])('leaves %s to the ladder', (_, days, stepSeconds) => {
    const history = madeUpDemand({ days, stepSeconds });
    expect(forecastOf(history, 12).model).not.toBe('ensemble');
  });

  test.each([
    ['three weeks ago', 0],
    ['the day before', 20],
    ['an hour ago', 20 + 23 / 24],
  ])('forgets a point of fifty times the usual %s', (_, days) => {
    const clean = madeUpDemand({ days: 21, stepSeconds: 300 });
    const at = Math.floor((days * dayMs) / 300_000);
    const values = clean.values.map((value, i) => (i === at ? 50 * (value ?? 0) : value));
    const forecast = forecastOf({ ...clean, values }, 288);
    const truth = truthOf(forecast);
    expect(mae(truth, forecast.point)).toBeLessThan(1.1 * mae(truth, forecastOf(clean, 288).point));
    expect(Math.max(...forecast.point)).toBeLessThan(200);
  });

  test.each([
    ['three days', 3, 300],
    ['four days and a half', 4.5, 60],
    ['eight days by the hour', 8, 3600],
  ])('takes the median where %s are too few to weigh by', (_, days, stepSeconds) => {
    const history = madeUpDemand({ days, stepSeconds, noise: 0.1 });
    const now = history.start + days * dayMs;
    const fitted = ensemble.fit(history, { now, events: [] });
    const forecast = fitted.predict({ steps: 86_400 / stepSeconds, levels, events: [] });
    const naive = seasonalNaiveDay
      .fit(history, { now, events: [] })
      .predict({ ...forecast, steps: 86_400 / stepSeconds, levels, events: [] });
    const truth = truthOf(forecast);
    expect(fitted.basis).toMatch(/: median of \d forecasts$/);
    expect(mae(truth, forecast.point)).toBeLessThan(0.8 * mae(truth, naive.point));
  });

  test('does not confuse weekends with working days, at whatever hour weekends begin', () => {
    const start = monday + 16 * hourMs;
    const isWeekend = (time: number) => (time - start + 8 * hourMs) % (7 * dayMs) >= 5 * dayMs;
    const values = Array.from({ length: 15 * 288 }, (_, i) => {
      const time = start + i * 300_000;
      return ordinaryDemand(monday + (time % dayMs)) * 1.02 ** (i / 288) * (isWeekend(time) ? 3 : 1);
    });
    const saturday = values.findLastIndex((_, i) => isWeekend(start + i * 300_000)) - 2 * 288 + 1;
    const forecast = forecastOf({ start, stepSeconds: 300, values: values.slice(0, saturday) }, 288);
    const actual = values.slice(saturday, saturday + 288);
    expect(mae(actual, forecast.point)).toBeLessThan(0.45 * mae(actual, values.slice(saturday - 288, saturday)));
  });

  test('names its members and their weights', () => {
    const history = madeUpDemand({ days: 21, stepSeconds: 3600 });
    const { basis } = ensemble.fit(history, { now: monday + 21 * dayMs, events: [] });
    expect(basis).toMatch(/^ensemble on 21 d: [^%]+ \d+ %, /);
  });

  test('fades to level × profile beyond two days, without a jump', () => {
    const history = madeUpDemand({ days: 21, stepSeconds: 300, noise: 0.1 });
    const forecast = forecastOf(history, 5 * 288);
    const truth = truthOf(forecast);
    expect(mae(truth.slice(3 * 288), forecast.point.slice(3 * 288))).toBeLessThan(5);
    const jumps = forecast.point.slice(1).map((value, i) => Math.abs(value - (forecast.point[i] ?? 0)));
    expect(Math.max(...jumps)).toBeLessThan(8);
  });

  test('follows actual values after the fit, with a gap and an outlier in them', () => {
    const history = madeUpDemand({ days: 15, stepSeconds: 60 });
    const now = monday + 14 * dayMs + 3 * 60_000;
    const fitted = ensemble.fit(history, { now, events: [] });
    const first = Math.round((now - monday) / 60_000);
    const doubled = history.values.slice(first, first + 180).map(value => 2 * (value ?? 0));
    const recent = {
      start: now,
      stepSeconds: 60,
      values: doubled.map((value, i) => (i > 40 && i < 60 ? null : i === 100 ? 50 * value : value)),
    };
    const input = { from: now + 3 * hourMs, steps: 30, levels, events: [] };
    const told = fitted.predict({ ...input, recent }).point[0] ?? 0;
    const untold = fitted.predict(input).point[0] ?? 0;
    expect(told / untold).toBeGreaterThan(1.5);
    expect(told / untold).toBeLessThan(2.2);
  });

  test('covers the actual values about as often as its levels promise', () => {
    const history = madeUpDemand({ days: 35, stepSeconds: 3600, noise: 0.2 });
    let inside = 0;
    for (let day = 21; day < 35; day++) {
      const known = { ...history, values: history.values.slice(0, day * 24) };
      const { quantiles } = forecastOf(known, 24);
      const [low, , high] = quantiles.map(({ values }) => values);
      for (let i = 0; i < 24; i++) {
        const actual = history.values[day * 24 + i] ?? 0;
        if (actual >= (low?.[i] ?? 0) && actual <= (high?.[i] ?? 0)) inside++;
      }
    }
    expect(inside / (14 * 24)).toBeGreaterThan(0.84);
    expect(inside / (14 * 24)).toBeLessThan(0.97);
  });
});
