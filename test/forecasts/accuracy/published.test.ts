import { describe, expect, test } from 'vitest';
import { mae, mase, msis, pinballLoss, rmse } from '../../../forecasts/index.ts';

/** Quarterly Australian beer production in megalitres, 1992 Q1 to 2010 Q2 (Australian Bureau of Statistics; `ausbeer` of R's fpp2). */
const beer = [
  443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507, 432, 398, 406,
  526, 428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500, 451, 380, 416, 492, 428, 408, 406, 506, 435, 380,
  421, 490, 435, 390, 412, 454, 416, 403, 408, 482, 438, 386, 405, 491, 427, 383, 394, 473, 420, 390, 410, 488, 415,
  398, 419, 488, 414, 374,
];
const history = beer.slice(0, 64);
const actual = beer.slice(64);
const last = history.at(-1) ?? 0;
const mean = history.reduce((sum, value) => sum + value, 0) / history.length;

// Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 2nd edition, section 3.4, the table of beer forecasts
// (computed with accuracy() of R's forecast package): training part 1992–2007, test part from 2008.
describe("as R's forecast::accuracy() gives them for Australian beer", () => {
  test.each([
    ['mean', actual.map(() => mean), { rmse: 38.45, mae: 34.83, mase: 2.44 }],
    ['naive', actual.map(() => last), { rmse: 62.69, mae: 57.4, mase: 4.01 }],
    ['seasonal naive', actual.map((_, i) => history[60 + (i % 4)] ?? 0), { rmse: 14.31, mae: 13.4, mase: 0.94 }],
  ])('the %s method', (_, forecast, published) => {
    expect(rmse(actual, forecast)).toBeCloseTo(published.rmse, 2);
    expect(mae(actual, forecast)).toBeCloseTo(published.mae, 2);
    expect(mase(actual, forecast, { history, seasonLength: 4 })).toBeCloseTo(published.mase, 2);
  });
});

test('the pinball loss of the median is half the mean absolute error (Koenker & Bassett 1978)', () => {
  const forecast = actual.map(() => mean);
  expect(pinballLoss(actual, forecast, 0.5)).toBeCloseTo(mae(actual, forecast) / 2, 10);
});

test('an interval score is the pinball losses of its ends, times 2 ÷ (1 − level) (Bracher et al. 2021, PLoS Comput Biol 17(2))', () => {
  const [lower, upper] = [actual.map(() => mean - 60), actual.map(() => mean + 20)];
  const scale =
    mae(
      actual,
      actual.map(() => 0),
    ) /
    mase(
      actual,
      actual.map(() => 0),
      { history, seasonLength: 4 },
    );
  const losses = pinballLoss(actual, lower, 0.1) + pinballLoss(actual, upper, 0.9);
  expect(msis(actual, { lower, upper, level: 0.8 }, { history, seasonLength: 4 })).toBeCloseTo(
    (losses * 10) / scale,
    10,
  );
});
