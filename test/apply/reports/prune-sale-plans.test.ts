import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../../src/api/instant.ts';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { planPruning } from '../../../src/apply/reports/prune-sale-plans.ts';

const now = Date.parse('2026-11-27T22:00:00Z');
const hourMs = 3_600_000;

/** A SalePlan of which nothing but its end, and whether it was reviewed, counts. */
function planEnding(name: string, hours: number, isReviewed = true, extraReplicas = 0, sale = 'drop'): SalePlan {
  const spec = { sale: { name: sale, spec: { endTime: formatInstant(now + hours * hourMs) } } };
  const plan = { extraReplicas, endTime: spec.sale.spec.endTime };
  return { metadata: { name }, spec, status: { plan, ...(isReviewed ? { review: {} } : {}) } } as never;
}

describe('planPruning', () => {
  const ahead = Array.from({ length: 60 }, (_, index) => planEnding(`ahead-${index}`, index + 1, false));
  test.each<[string, readonly SalePlan[], readonly string[]]>([
    ['counts only what is past', [...ahead, planEnding('an-hour-ago', -1)], []],
    ['keeps the newest of the past', [planEnding('a', -3), planEnding('b', -1), planEnding('c', -2), ...ahead], ['a']],
    [
      'keeps for a day what waits for its review',
      [planEnding('a', -3, false), planEnding('b', -1), planEnding('c', -2)],
      [],
    ],
    [
      'counts each sale by itself',
      [planEnding('a', -3), planEnding('b', -1), planEnding('c', -2, true, 0, 'other')],
      [],
    ],
    [
      'keeps the three largest of a sale, however old',
      [9, 8, 7, 6].map((size, index) => planEnding(`size-${size}`, -24 * (40 + index), true, size)),
      ['size-6'],
    ],
    ['keeps what a sale names', [planEnding('named', -24 * 40), planEnding('old', -24 * 40)], ['old']],
    ['lets go what is older than the days that are kept', [planEnding('a', -24 * 31)], ['a']],
  ])('%s', (_, plans, gone) => {
    expect(
      planPruning(plans, { keep: 2, days: 30, named: new Set(['named']) }, now).map(({ metadata }) => metadata.name),
    ).toEqual(gone);
  });
});
