import { describe, expect, test } from 'vitest';
import { forecastStart, lateProbability } from '../../../src/learn/lead-time/start-times.ts';

const prior = { typicalSeconds: 90, weight: 0.05 };
const same = (seconds: number, added: number, times: number) =>
  Array.from({ length: times }, () => ({ seconds, added }));

describe('the forecast of a start', () => {
  test('is the guess before anything was seen', () => {
    expect(forecastStart([], 8, prior).logMean).toBeCloseTo(Math.log(90));
  });

  test('follows what was seen, not the guess', () => {
    expect(Math.exp(forecastStart(same(40, 8, 10), 8, prior).logMean)).toBeCloseTo(40, 0);
  });

  test('grows with the replicas as far as scale-ups show it', () => {
    const starts = [...same(20, 2, 10), ...same(80, 32, 10)];
    const typical = (added: number) => Math.exp(forecastStart(starts, added, prior).logMean);
    expect(typical(2)).toBeLessThan(23);
    expect(typical(32)).toBeGreaterThan(70);
  });

  test('does not shrink with more replicas, even where scale-ups seem to show it', () => {
    const starts = [...same(80, 2, 10), ...same(20, 32, 10)];
    const typical = (added: number) => forecastStart(starts, added, prior).logMean;
    expect(typical(32)).toBeCloseTo(typical(2), 9);
  });

  test('is wider for a raise unlike those that were seen', () => {
    const wide = (added: number) => forecastStart(same(40, 8, 6), added, prior).logScale;
    expect(wide(64)).toBeGreaterThan(1.05 * wide(8));
  });

  test('is sharper the more was seen', () => {
    const scales = [2, 6, 20].map(count => {
      const starts = Array.from({ length: count }, (_, index) => ({ added: 8, seconds: index % 2 === 0 ? 40 : 60 }));
      return forecastStart(starts, 8, prior).logScale;
    });
    expect(scales).toEqual(scales.toSorted((a, b) => b - a));
  });
});

test('the probability to be late is a half at the typical time and sinks with more time', () => {
  const forecast = forecastStart(same(40, 8, 10), 8, prior);
  expect(lateProbability(forecast, Math.exp(forecast.logMean))).toBeCloseTo(0.5);
  expect(lateProbability(forecast, 30)).toBeGreaterThan(0.5);
  expect(lateProbability(forecast, 80)).toBeLessThan(0.05);
});
