import { describe, expect, test } from 'vitest';
import { bias, coverage, mae, mase, msis, pinballLoss, rmse, smape, wape, wql } from '../../../forecasts/index.ts';

/**
 * Quarterly Australian beer production in megalitres, 1992 Q1 to 2010 Q2 (Australian Bureau of Statistics; `ausbeer` of
 * R's fpp2).
 */
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

const y = actual;
const f = actual.map((_, i) => history[60 + (i % 4)] ?? 0);
const [lower, upper, p90] = [f.map(v => v - 15), f.map(v => v + 10), f.map(v => v + 8)];
const scaledBy = { history, seasonLength: 4 };
const interval = { lower, upper, level: 0.95 };
const two = [
  { level: 0.5, values: f },
  { level: 0.9, values: p90 },
];

// Computed once with these packages on Python 3.11: y, history as above, f the seasonal naive, lower = f − 15, upper = f + 10,
// p90 = f + 8. se = calculate_seasonal_error(history, seasonality=4) = 14.3.
describe('as Python packages give them for the seasonal naive of Australian beer', () => {
  test.each([
    ['mae', mae(y, f), 13.4, 'scikit-learn 1.9.1: mean_absolute_error(y, f)'],
    ['rmse', rmse(y, f), 14.310835055998654, 'scikit-learn 1.9.1: root_mean_squared_error(y, f)'],
    ['bias', bias(y, f), -5.2, 'statsmodels 0.15.0: tools.eval_measures.bias(f, y)'],
    ['wape', wape(y, f), 0.03178368121442125, "utilsforecast 0.2.17: losses.wape; gluonts 0.17.0: Evaluator's ND"],
    ['smape', smape(y, f), 3.199862569891062, 'gluonts 0.17.0: 100 · metrics.smape(y, f)'],
    ['mase', mase(y, f, scaledBy), 0.9370629370629371, 'gluonts 0.17.0: metrics.mase(y, f, se)'],
    [
      'msis',
      msis(y, interval, scaledBy),
      11.818181818181818,
      'gluonts 0.17.0: metrics.msis(y, lower, upper, se, 0.05)',
    ],
    [
      'msis · se',
      msis(y, interval, scaledBy) * 14.3,
      169,
      'scoringrules 0.10.0: interval_score(y, lower, upper, 0.05)',
    ],
    ['pinballLoss at 0.9', pinballLoss(y, p90, 0.9), 4.88, 'scikit-learn 1.9.1: mean_pinball_loss(y, p90, alpha=0.9)'],
    ['pinballLoss at 0.025', pinballLoss(y, lower, 0.025), 0.505, 'scikit-learn 1.9.1: mean_pinball_loss, alpha=0.025'],
    ['wql of P90', wql(y, two.slice(1)), 0.02314990512333966, "gluonts 0.17.0: Evaluator's wQuantileLoss[0.9]"],
    ['wql of P50 and P90', wql(y, two), 0.027466793168880455, "gluonts 0.17.0: Evaluator's mean_wQuantileLoss"],
    ['coverage of P90', coverage(y, p90), 0.5, "gluonts 0.17.0: Evaluator's Coverage[0.9]"],
    ['coverage of P50', coverage(y, f), 0.4, "gluonts 0.17.0: Evaluator's Coverage[0.5]"],
  ])('%s is %d (reference %d, %s)', (_, measured, reference) => {
    expect(measured).toBeCloseTo(reference, 11);
  });
});

test('the pinball loss of the median is half the mean absolute error (Koenker & Bassett 1978)', () => {
  const forecast = actual.map(() => mean);
  expect(pinballLoss(actual, forecast, 0.5)).toBeCloseTo(mae(actual, forecast) / 2, 10);
});

test('an interval score is the pinball losses of its ends, times 2 ÷ (1 − level) (Bracher et al. 2021, PLoS Comput Biol 17(2))', () => {
  const losses = pinballLoss(y, lower, 0.1) + pinballLoss(y, upper, 0.9);
  expect(msis(y, { lower, upper, level: 0.8 }, scaledBy)).toBeCloseTo((losses * 10) / 14.3, 10);
});
