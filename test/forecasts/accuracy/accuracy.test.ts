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

// peakError, peakTimeError and the three measures of capacity are our own definitions, checked by these examples.
// References for the others are in published.test.ts.
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
    ['peakError', peakError(actual, forecast), 0.1],
    ['peakTimeError', peakTimeError(actual, forecast), 0],
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

describe('capacity against a load of 10, 20, 30 and 0', () => {
  const load = [10, 20, 30, 0];

  test.each([
    ['never short', [10, 20, 30, 0], { short: 0, lost: 0, excess: 0 }],
    [
      'short by 5 of 60 in one step of four, 15 too much in two',
      [20, 15, 30, 5],
      { short: 0.25, lost: 5 / 60, excess: 0.25 },
    ],
    ['nothing at all', [0, 0, 0, 0], { short: 0.75, lost: 1, excess: 0 }],
  ])('%s', (_, capacity, { short, lost, excess }) => {
    expect(underProvisionedShare(load, capacity)).toBe(short);
    expect(lostShare(load, capacity)).toBeCloseTo(lost, 12);
    expect(excessRatio(load, capacity)).toBeCloseTo(excess, 12);
  });
});

describe('the peak', () => {
  test.each([
    ['a quarter too high, a step late', [1, 4, 2, 1], [1, 2, 5, 1], { size: 0.25, time: 1 }],
    ['half as high, two steps early', [1, 1, 8, 1], [4, 1, 3, 2], { size: -0.5, time: -2 }],
    ['the first of two as high counts', [1, 6, 6, 1], [1, 1, 6, 6], { size: 0, time: 1 }],
    ['an unmeasured step is left out', [1, null, 2, 1], [1, 9, 2, 1], { size: 0, time: 0 }],
  ])('%s', (_, actual, forecast, { size, time }) => {
    expect(peakError(actual, forecast)).toBeCloseTo(size, 12);
    expect(peakTimeError(actual, forecast)).toBe(time);
  });

  test('is NaN without a value above zero', () => {
    expect(peakError([0, 0], [1, 2])).toBeNaN();
    expect(peakTimeError([null], [1])).toBeNaN();
  });
});

test('an actual value equal to the quantile is covered', () => {
  expect(coverage([5, 6], [5, 5])).toBe(0.5);
});

test('two zeros have a percentage error of 0, one zero has the largest', () => {
  expect(smape([0, 0, 3], [0, 3, 0])).toBeCloseTo(400 / 3, 12);
});

test('a flat or short history gives NaN', () => {
  expect(mase([1], [2], { history: [3, 3, 3], seasonLength: 1 })).toBeNaN();
  expect(mase([1], [2], { history: [1, 2], seasonLength: 2 })).toBeNaN();
  expect(mase([1], [2], { history: [1, null, 3, 5], seasonLength: 1 })).toBe(0.5);
});

test.each([
  ['pinballLoss with a level of 1', () => pinballLoss([1], [1], 1), /level/],
  ['wql with a level of 95', () => wql([1], [{ level: 95, values: [1] }]), /level/],
  [
    'msis with a level of 0',
    () => msis([1], { lower: [0], upper: [2], level: 0 }, { history: [1, 2], seasonLength: 1 }),
    /level/,
  ],
  ['mase with half a season', () => mase([1], [1], { history: [1, 2], seasonLength: 0.5 }), /seasonLength/],
  ['mase with no season', () => mase([1], [1], { history: [1, 2], seasonLength: 0 }), /seasonLength/],
])('%s is a mistake, and names the field', (_, measure, message) => {
  expect(measure).toThrow(RangeError);
  expect(measure).toThrow(message);
});

test('different lengths throw', () => {
  expect(() => mae([1, 2], [1])).toThrow(/length/);
});

test('without a measured step the result is NaN', () => {
  expect(mae([null], [1])).toBeNaN();
  expect(wape([0, 0], [0, 0])).toBeNaN();
});
