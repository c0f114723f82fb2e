import { describe, expect, test } from 'vitest';
import { type DriftInput, upliftDrift } from '../../../forecasts/events/uplift-drift.ts';

describe('the drift of uplifts', () => {
  test('is 0 without a past sale, and where each was as the earlier ones led to expect', () => {
    expect(upliftDrift(sales([])).drift).toBe(0);
    expect(upliftDrift(sales([0, 0, 0, 0])).drift).toBe(0);
  });

  test('follows sales that each go further than the ones before', () => {
    const { drift, errors } = upliftDrift(sales(Array.from({ length: 12 }, () => 0.5)));
    expect(drift).toBeGreaterThan(0.4);
    expect(drift).toBeLessThan(0.55);
    expect(Math.abs(errors.at(-1) ?? 1)).toBeLessThan(0.1);
  });

  test('keeps up with sales that grow by the same share each time', () => {
    const growing = Array.from({ length: 14 }, (_, k) => 0.15 * k);
    expect(upliftDrift(sales(growing)).drift).toBeGreaterThan((growing.at(-1) ?? 0) - 0.05);
  });

  test('believes in fast growth after five such sales, and in a fast decline less', () => {
    const lately = (step: number) => [0.05, -0.06, 0.04, -0.05, 0.06, ...Array.from({ length: 5 }, (_, k) => step * k)];
    const up = upliftDrift(sales(lately(0.2))).drift;
    expect(up).toBeGreaterThan(0.5);
    expect(-upliftDrift(sales(lately(-0.2))).drift).toBeLessThan(up);
  });

  test('is not misled by a first sale that was odd: the next ones err one after another, each less', () => {
    const errors = [0, ...Array.from({ length: 8 }, (_, k) => -1 / (k + 1))];
    expect(Math.abs(upliftDrift(sales(errors)).drift)).toBeLessThan(0.15);
  });

  test('leaves to the last minutes before a sale what they tell', () => {
    const errors = Array.from({ length: 12 }, () => 0.5);
    const earlier = errors.map((_, k) => Float64Array.from(errors, (__, j) => (j < k ? 1 / k : 0)));
    const uplifts = Float64Array.from(errors, (_, k) => 0.3 * k);
    const input = { ...sales(errors), uplifts, earlier: { shares: earlier, prior: new Float64Array(12) } };
    const { drift } = upliftDrift(input);
    expect(drift).toBeGreaterThan(0.5);
    expect(upliftDrift({ ...input, anchor: uplifts }).drift).toBeLessThan(drift / 3);
  });

  test('stays near 0 where errors scatter to both sides', () =>
    expect(Math.abs(upliftDrift(sales([0.4, -0.4, 0.3, -0.4, 0.4, -0.3, 0.4, -0.4])).drift)).toBeLessThan(0.06));

  test('follows a first surprise in part, and one of a sale of a new kind less', () => {
    const surprise = [0, 0, 0, 0, 0, 0.8];
    const known = upliftDrift(sales(surprise)).drift;
    const isNew = upliftDrift(sales(surprise, { newsAt: 5 })).drift;
    expect(known).toBeGreaterThan(0.03);
    expect(isNew).toBeLessThan(known / 2);
  });

  test('does not follow sales of another kind', () =>
    expect(upliftDrift(sales([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], { alike: 0.01 })).drift).toBeLessThan(0.05));

  test('has the mean leave-one-out error, shrunk: half of that of six sales', () => {
    const input = { ...sales([1, 1, 1, 1, 1, 1]), meanErrors: [1, 1, 1, 1, 1, 1] };
    expect(upliftDrift(input).drift).toBeCloseTo(0.5 + upliftDrift(sales([0.5, 0.5, 0.5, 0.5, 0.5, 0.5])).drift, 12);
  });
});

/** Past sales that went beyond what earlier ones led to expect by `errors`. */
function sales(
  errors: readonly number[],
  told: { readonly newsAt?: number; readonly alike?: number } = {},
): DriftInput {
  const zeros = errors.map(() => 0);
  return {
    uplifts: Float64Array.from(errors),
    earlier: { shares: errors.map(() => Float64Array.from(zeros)), prior: Float64Array.from(zeros) },
    priorMean: 0,
    meanErrors: zeros,
    weights: Float64Array.from(errors, () => 1),
    recency: Float64Array.from(errors, () => 1),
    alike: Float64Array.from(errors, () => told.alike ?? 1),
    news: errors.map((_, k) => ({
      day: [],
      occasion: [],
      stated: [],
      counted: [],
      features: k === told.newsAt ? ['with kind big'] : [],
    })),
  };
}
