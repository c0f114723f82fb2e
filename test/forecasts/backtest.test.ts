import { describe, expect, test } from 'vitest';
import {
  backtest,
  coverage,
  demandModel,
  fitDemand,
  type Model,
  rollingOrigins,
  seasonalNaiveDay,
  wape,
} from '../../forecasts/index.ts';
import { dayMs, hourMs, madeUpDemand, monday } from '../support/demand/made-up-demand.ts';

const history = madeUpDemand({ days: 14, stepSeconds: 600 });

describe('a backtest', () => {
  test('gives a model no data after the origin', () => {
    const seen: number[] = [];
    const spy: Model = {
      name: 'spy',
      fit: (known, context) => {
        seen.push(known.start + known.values.length * 600_000 - context.now);
        return seasonalNaiveDay.fit(known, context);
      },
    };
    backtest(spy, history, {
      origins: rollingOrigins(history, { steps: 36, count: 5, everySeconds: 3600 }),
      steps: 36,
    });
    expect(seen).toEqual([0, 0, 0, 0, 0]);
  });

  test.each([
    ['a day before', -dayMs],
    ['while it runs', hourMs],
  ])('shows a demand %s nothing of how a sale goes on', (_, late) => {
    const sales = [4, 8, 12].map(day => {
      const start = monday + day * dayMs + 18 * hourMs;
      return { id: `sale ${day}`, start, end: start + 3 * hourMs, statedPeakRatio: 5, features: {} };
    });
    const origin = monday + 12 * dayMs + 18 * hourMs + late;
    const full = madeUpDemand({ days: 14, stepSeconds: 600, sales: sales.map(event => ({ event, peak: 6 })) });
    const other = full.values.map((value, i) => (monday + i * 600_000 < origin ? value : 1));
    const [forecast, otherForecast] = [full, { ...full, values: other }].map(
      known =>
        backtest(demandModel('demand', fitDemand), known, { origins: [origin], steps: 200, events: sales })[0]
          ?.forecast,
    );
    expect(forecast).toEqual(otherForecast);
  });

  test('pairs each forecast with the actual values', () => {
    const folds = backtest(seasonalNaiveDay, history, { origins: [monday + 7 * dayMs], steps: 6 });
    expect(folds[0]?.actual).toEqual(history.values.slice(7 * 144, 7 * 144 + 6));
  });

  test('has no actual values beyond the history', () => {
    const folds = backtest(seasonalNaiveDay, history, { origins: [monday + 14 * dayMs - hourMs], steps: 12 });
    expect(folds[0]?.actual.slice(6)).toEqual([null, null, null, null, null, null]);
  });

  test('evaluates the total demand, and its P95 covers about 95 % of the steps', () => {
    const long = madeUpDemand({ days: 28, stepSeconds: 600 });
    const origins = rollingOrigins(long, { steps: 144, count: 10, everySeconds: 86_400 });
    const folds = backtest(demandModel('demand', fitDemand), long, { origins, steps: 144, levels: [0.95] });
    const actual = folds.flatMap(fold => fold.actual);
    expect(
      wape(
        actual,
        folds.flatMap(fold => fold.forecast.point),
      ),
    ).toBeLessThan(0.06);
    const covered = coverage(
      actual,
      folds.flatMap(fold => fold.forecast.quantiles[0]?.values ?? []),
    );
    expect(covered).toBeGreaterThan(0.92);
    expect(covered).toBeLessThan(0.99);
  });

  test('rolls origins back from the last one with all actual values', () => {
    expect(rollingOrigins(history, { steps: 6, count: 3, everySeconds: 1800 })).toEqual([
      monday + 14 * dayMs - 2 * hourMs,
      monday + 14 * dayMs - 1.5 * hourMs,
      monday + 14 * dayMs - hourMs,
    ]);
  });
});
