import { expect, test } from 'vitest';
import { expectedShortage } from '../../../src/plan/cost/expected-shortage.ts';
import { costLevels } from '../../../src/plan/demand/levels.ts';

/** A minute of demand whose levels are those of a distribution. */
const minute = (quantile: (level: number) => number) => ({
  start: 0,
  stepSeconds: 60,
  steps: 1,
  levels: costLevels,
  rows: costLevels.map(level => [quantile(level)]),
});
const whole = { from: 0, to: 1 };

test('is that of a uniform demand between 0 and 100', () => {
  // ∫ (u − 0.9) du over [0.9, 1] × 100 requests per second × 60 s; the tail above P99.5 is a normal one.
  expect(
    expectedShortage(
      minute(level => 100 * level),
      90,
      whole,
    ),
  ).toBeCloseTo(60 * 100 * 0.005, 0);
});

test('is that of a normal demand of mean 1,000 and deviation 100, served up to one deviation above', () => {
  const z = [0, 0.8416, 1.0364, 1.2816, 1.4395, 1.6449, 1.8808, 2.0537, 2.3263, 2.5758];
  const demand = minute(level => 1000 + 100 * (z[costLevels.indexOf(level)] ?? 0));
  // The loss function of the standard normal is 0.08332 at 1 (any table of it).
  const exact = 60 * 100 * 0.08332;
  const found = expectedShortage(demand, 1100, whole);
  expect(found / exact).toBeGreaterThan(0.97);
  expect(found / exact).toBeLessThan(1.06);
});

test('is 0 where all is served, all of the demand where nothing is, and only of the steps that are asked for', () => {
  expect(
    expectedShortage(
      minute(() => 10),
      10,
      whole,
    ),
  ).toBe(0);
  expect(
    expectedShortage(
      minute(() => 10),
      0,
      whole,
    ),
  ).toBeCloseTo(600);
  expect(
    expectedShortage(
      minute(() => 10),
      0,
      { from: 1, to: 1 },
    ),
  ).toBe(0);
});
