import { expect, test } from 'vitest';
import { parseSalePlan } from '../../../../src/api/sale-plan.ts';
import { pastAdvice } from '../../../../src/plan/conditions/peak/past-advice.ts';
import { salePlan } from '../../../support/shop/kinds.ts';

function reviewed(
  name: string,
  sale: string,
  input: { readonly day: number; readonly percent?: number; readonly type?: string },
) {
  const object = salePlan();
  const plan = parseSalePlan({ ...object, metadata: { ...object.metadata, name } });
  const { day, percent, type } = input;
  const { saleType: _, ...spec } = plan.spec.sale.spec;
  return {
    ...plan,
    spec: {
      ...plan.spec,
      sale: { ...plan.spec.sale, name: sale, spec: type === undefined ? spec : { ...spec, saleType: type } },
    },
    status: {
      review: {
        reviewedAt: `2026-11-${day}T00:00:00Z`,
        targets: [],
        ...(percent === undefined ? {} : { suggestedPeakPercent: percent }),
      },
    },
  };
}

const { spec } = parseSalePlan(salePlan()).spec.sale;
const next = {
  sale: 'drop',
  salePlan: 'drop-4',
  spec: { ...spec, saleType: 'flash' },
  start: Date.parse('2026-11-27T19:00:00Z'),
};

test('the newest report of the same sale comes first, then one of the same type', () => {
  const alike = reviewed('other-1', 'other', { day: 22, percent: 900, type: 'flash' });
  const [older, newer] = [
    reviewed('drop-1', 'drop', { day: 12, percent: 500 }),
    reviewed('drop-2', 'drop', { day: 19, percent: 610 }),
  ];
  expect(pastAdvice(next, [older, alike, newer])).toEqual({ salePlan: 'drop-2', ratio: 6.1 });
  expect(pastAdvice(next, [alike])).toEqual({ salePlan: 'other-1', ratio: 9 });
});

test.each([
  ['another type', reviewed('other-1', 'other', { day: 22, percent: 900, type: 'outlet' })],
  ['no type', reviewed('other-1', 'other', { day: 22, percent: 900 })],
  ['nothing to state', reviewed('drop-2', 'drop', { day: 19 })],
  ['a report that came later', reviewed('drop-2', 'drop', { day: 28, percent: 610 })],
  ['its own report', reviewed('drop-4', 'drop', { day: 19, percent: 610 })],
])('a report of %s advises nothing', (_, plan) => {
  expect(pastAdvice(next, [plan])).toBeUndefined();
});
