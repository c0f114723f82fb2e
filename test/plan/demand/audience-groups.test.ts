import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineExtras, type GroupedExtra, shareOfExtra } from '../../../src/plan/demand/audience-groups.ts';
import { rowOf } from '../../../src/plan/demand/curve.ts';
import { forecastLevels, medianLevel } from '../../../src/plan/demand/levels.ts';
import { sumCurves } from '../../../src/plan/demand/sum-curves.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { namespaces } from '../arbitrary-namespace.ts';

const grid = { start: Date.parse('2026-11-27T19:00:00Z'), stepSeconds: 60, steps: 3 };
const word = fc.constantFrom(undefined, 'members', 'guests');
const extra = (group: string | undefined, values: readonly number[]): GroupedExtra => ({
  group,
  curve: { ...grid, rows: forecastLevels.map(() => values) },
});
const extras = fc.array(
  fc
    .tuple(word, fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 }))
    .map(([group, values]) => extra(group, values)),
  { minLength: 1, maxLength: 6 },
);
const totalOf = (all: readonly GroupedExtra[]) => [
  ...Array.from(
    rowOf(
      sumCurves(
        grid,
        combineExtras(all).map(curve => ({ curve })),
      ),
      medianLevel,
    ),
  ),
];

describe('what several sales add', () => {
  test.each<[string, GroupedExtra[], number[]]>([
    ['no group: the sum', [extra(undefined, [1, 2, 3]), extra(undefined, [3, 2, 1])], [4, 4, 4]],
    ['one group: the larger of each step', [extra('a', [1, 2, 3]), extra('a', [3, 2, 1])], [3, 2, 3]],
    [
      'two groups and one of its own',
      [extra('a', [1, 2, 3]), extra('a', [3, 2, 1]), extra('b', [1, 1, 1]), extra(undefined, [5, 0, 0])],
      [9, 3, 4],
    ],
  ])('%s', (_, all, total) => expect(totalOf(all)).toEqual(total));

  test('does not depend on their order, and lies between the largest and the sum', () => {
    fc.assert(
      fc.property(extras, all => {
        const total = totalOf(all);
        expect(totalOf(all.toReversed())).toEqual(total);
        for (const [step, value] of total.entries()) {
          const values = all.map(({ curve }) => rowOf(curve, medianLevel)[step] ?? 0);
          expect(value).toBeGreaterThanOrEqual(Math.max(...values));
          expect(value).toBeLessThanOrEqual(values.reduce((sum, one) => sum + one, 0));
        }
      }),
    );
  });

  test('is divided among them: the shares make a whole', () => {
    const added = fc.array(fc.record({ group: word, value: fc.integer({ min: 1, max: 100 }) }), { minLength: 1 });
    fc.assert(
      fc.property(added, all => {
        const sum = all.reduce((total, _, own) => total + shareOfExtra(all, own), 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
    );
    expect(shareOfExtra([{ group: 'a', value: 0 }], 0)).toBe(0);
  });
});

test('a group for all sales raises no floor above what the sum of them would', () => {
  fc.assert(
    fc.property(namespaces, given => {
      const grouped = { ...given, sales: (given.sales ?? []).map(sale => ({ ...sale, audienceGroup: 'members' })) };
      const [sum, larger] = [planOf({ ...given, policy: {} }).plan, planOf({ ...grouped, policy: {} }).plan];
      for (const [index, target] of larger.targets.entries())
        expect(target.bounds.minReplicas).toBeLessThanOrEqual(sum.targets[index]?.bounds.minReplicas ?? 0);
    }),
    { numRuns: 60, seed: 20_261_127 },
  );
});
