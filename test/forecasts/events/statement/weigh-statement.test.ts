import { describe, expect, test } from 'vitest';
import { weighStatement } from '../../../../forecasts/events/statement/weigh-statement.ts';

describe('a statement', () => {
  test('counts alone without past sales', () => expect(weigh([]).weight).toBe(1));

  test('has an error of e^±0.3 and no bias where none was stated before', () =>
    expect(weigh([0.1, -0.1])).toMatchObject({ bias: 0, variance: expect.closeTo(0.09) }));

  test('counts more after right statements than after wrong ones', () => {
    const weightAfter = (error: number) => weigh([0.2, -0.2, 0.2, -0.2], [error, -error, error, -error]).weight;
    expect(weightAfter(0.05)).toBeGreaterThan(weightAfter(0.3) + 0.2);
    expect(weightAfter(0.3)).toBeGreaterThan(weightAfter(0.8) + 0.2);
  });

  test('counts more where past sales scatter', () =>
    expect(weigh([0.8, -0.8, 0.8, -0.8]).weight).toBeGreaterThan(weigh([0.1, -0.1, 0.1, -0.1]).weight + 0.3));

  test('counts more for a sale of a new kind', () =>
    expect(weigh([0.1, -0.1, 0.1], [], 2).weight).toBeGreaterThan(weigh([0.1, -0.1, 0.1]).weight + 0.1));

  test('is corrected by most of what past ones were too high, the more of them the more', () => {
    const biases = [1, 3, 10].map(count => {
      const zeros = new Array<number>(count).fill(0);
      return weigh(
        zeros,
        zeros.map(() => 0.7),
      ).bias;
    });
    expect(biases).toEqual(biases.toSorted((a, b) => a - b));
    expect(biases[0]).toBeCloseTo(0.7 / 1.5);
    expect(biases[2]).toBeGreaterThan(0.65);
  });

  test('is not judged by past sales without one', () =>
    expect(weigh([0, 0, 0], [Number.NaN, 0.7, Number.NaN]).bias).toBeCloseTo(0.7 / 1.5));
});

/** Past sales of equal weight; without statements by default. */
function weigh(historyErrors: readonly number[], statementErrors: readonly number[] = [], unseen = 0) {
  const weights = new Float64Array(historyErrors.length).fill(1);
  return weighStatement({
    historyErrors: Float64Array.from(historyErrors),
    statementErrors: Float64Array.from(historyErrors, (_, k) => statementErrors[k] ?? Number.NaN),
    weights,
    recency: weights,
    unseen,
  });
}
