import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lagGrams } from '../../../../forecasts/ensemble/lags/lag-grams.ts';
import { lagGroup } from '../../../../forecasts/ensemble/lags/lag-group.ts';
import { normalFrom, seededRandom } from '../../../support/demand/made-up-demand.ts';

const lagSets = [
  [1, 2, 5],
  [1, 3, 4, 11, 12],
];

function madeUp(length: number, seed: number): Float64Array {
  const normal = normalFrom(seededRandom(seed));
  return Float64Array.from({ length }, (_, t) => 5 + Math.sin(t / 3) + normal());
}

/** The definition: a row of lags, one and the value itself for each step that has all of them. */
function directGram(values: Float64Array, lags: readonly number[]): readonly number[] {
  const rows: number[][] = [];
  for (let t = lags.at(-1) ?? 0; t < values.length; t++)
    rows.push([...lags.map(lag => values[t - lag] ?? 0), 1, values[t] ?? 0]);
  const size = lags.length + 2;
  return Array.from({ length: size * size }, (_, cell) => {
    const [i, j] = [Math.floor(cell / size), cell % size];
    return j > i ? 0 : rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0);
  });
}

describe('Gram matrices from running sums', () => {
  test('are those of the rows themselves, for every lag set, difference and end', () => {
    const input = fc.record({
      seed: fc.nat(),
      length: fc.integer({ min: 30, max: 200 }),
      difference: fc.constantFrom(0, 7),
    });
    fc.assert(
      fc.property(input, ({ seed, length, difference }) => {
        const scaled = madeUp(length, seed);
        const ends = [length - 6, length];
        const { values, gram } = lagGrams(scaled, ends, lagGroup(difference, lagSets));
        for (const end of ends)
          lagSets.forEach((lags, set) => {
            const direct = directGram(values.subarray(0, end - difference), lags);
            gram(set, end).forEach((value, cell) => {
              expect(value).toBeCloseTo(direct[cell] ?? Number.NaN, 8);
            });
          });
      }),
      { seed: 4, numRuns: 50 },
    );
  });

  test('are 0 where the history is shorter than its lags', () => {
    const { gram } = lagGrams(madeUp(9, 1), [9], lagGroup(0, lagSets));
    expect([...gram(1, 9)].every(value => value === 0)).toBe(true);
  });
});
