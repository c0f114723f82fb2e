import { expect, test } from 'vitest';
import { similarRisk } from '../../../../src/plan/conditions/risks/similar-risk.ts';

test.each([
  ['names none', undefined, []],
  ['names known ones', [], []],
  [
    'names an unknown one',
    ['drop-2019'],
    ['similarTo: drop-2019 is no past FlashSale or SalePlan here and taught the plan nothing.'],
  ],
  ['names two', ['a', 'b'], ['similarTo: a, b are no past FlashSale or SalePlan here and taught the plan nothing.']],
])('a sale that %s', (_what, unknown, risks) => {
  expect(similarRisk(unknown === undefined ? {} : { similar: { known: [], unknown } })).toEqual(risks);
});
