import { describe, expect, test } from 'vitest';
import {
  bias,
  coverage,
  excessRatio,
  lostShare,
  mae,
  mase,
  msis,
  peakError,
  peakTimeError,
  pinballLoss,
  rmse,
  smape,
  underProvisionedShare,
  wape,
  wql,
} from '../../../forecasts/index.ts';

const actual = [100, 200, null, 400];
const forecast = [110, 180, 999, 440];

describe('by hand, the unmeasured step left out', () => {
  test.each([
    ['mae', mae(actual, forecast), 70 / 3],
    ['rmse', rmse(actual, forecast), Math.sqrt((100 + 400 + 1600) / 3)],
    ['bias', bias(actual, forecast), 10],
    ['wape', wape(actual, forecast), 0.1],
    ['smape', smape(actual, forecast), (200 * (10 / 210 + 20 / 380 + 40 / 840)) / 3],
    ['pinballLoss', pinballLoss(actual, forecast, 0.9), (0.1 * 10 + 0.9 * 20 + 0.1 * 40) / 3],
    ['coverage', coverage(actual, forecast), 2 / 3],
    ['wql', wql(actual, [{ level: 0.9, values: forecast }]), (2 * 23) / 700],
    ['peakError', peakError(actual, forecast), 999 / 400 - 1],
    ['peakTimeError', peakTimeError(actual, forecast), -1],
    ['underProvisionedShare', underProvisionedShare(actual, forecast), 1 / 3],
    ['lostShare', lostShare(actual, forecast), 20 / 700],
    ['excessRatio', excessRatio(actual, forecast), 50 / 700],
    ['mase', mase(actual, forecast, { history: [1, 2, 4, 2], seasonLength: 2 }), 70 / 3 / 1.5],
    [
      'msis',
      msis([10, 20], { lower: [5, 21], upper: [9, 25], level: 0.95 }, { history: [1, 3, 1], seasonLength: 1 }),
      (4 + 40 * (0.5 + 0.5)) / 2,
    ],
  ])('%s', (_, measured, expected) => {
    expect(measured).toBeCloseTo(expected, 12);
  });
});

test('different lengths are a mistake, not a number', () => {
  expect(() => mae([1, 2], [1])).toThrow(/length/);
});

test('nothing measured is NaN, not perfection', () => {
  expect(mae([null], [1])).toBeNaN();
  expect(wape([0, 0], [0, 0])).toBeNaN();
});
