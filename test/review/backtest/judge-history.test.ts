import { expect, test } from 'vitest';
import { lastValue } from '../../../forecasts/index.ts';
import { judgeHistory, scoreFolds } from '../../../src/review/backtest/judge-history.ts';

test('scores folds over all their steps together', () => {
  const forecast = {
    model: 'm',
    start: 0,
    stepSeconds: 60,
    point: [10, 30],
    quantiles: [{ level: 0.9, values: [20, 25] }],
  };
  const score = scoreFolds('shop', 'm', 'rolling origins', [{ origin: 0, forecast, actual: [10, 40] }]);
  expect(score).toMatchObject({
    wape: 0.2,
    mae: 5,
    biasRatio: -0.2,
    peakError: 0.25,
    coverage: { P90: 0.5 },
    excess: 0.2,
  });
});

test('refuses a history in which no origin looks as far ahead as asked', () => {
  const history = { start: 0, stepSeconds: 3600, values: [1, 2, 3] };
  const options = { horizon: 86_400_000, every: 86_400_000, origins: 1, lead: 0, quantiles: [0.5] };
  expect(() => judgeHistory({ name: 'shop', history }, lastValue, [], options)).toThrow(
    'shop is too short to look 24 h ahead',
  );
});
