import { expect, test } from 'vitest';
import { parseInstant } from '../../../../src/api/instant.ts';
import { parseSalePlan } from '../../../../src/api/sale-plan.ts';
import { givenApproval } from '../../../../src/plan/floor/approval/given-approval.ts';
import { salePlan } from '../../../support/shop/kinds.ts';

const until = '2026-11-27T21:00:00Z';
const approval = {
  approvedBy: 'ann',
  approvedAt: '2026-11-26T09:00:00Z',
  until,
  upTo: [{ target: 'a', maxReplicas: 9 }],
};
const plan = parseSalePlan(salePlan());
const approved = { ...plan, spec: { ...plan.spec, approval } };
const end = parseInstant(until);
const guard = { missing: 'there is no guard' };

test.each([
  ['no SalePlan yet', undefined, undefined, end - 1, { counts: 'None' }],
  ['no approval', plan, undefined, end - 1, { counts: 'None' }],
  ['before its end', approved, undefined, end - 1, { counts: 'InForce', approval }],
  ['at its end', approved, undefined, end, { counts: 'Ended', approval }],
  ['without its guard', approved, guard, end - 1, { counts: 'Unguarded', missing: 'there is no guard', approval }],
  ['neither approval nor guard', plan, guard, end, { counts: 'Unguarded', missing: 'there is no guard' }],
])('%s', (_, record, missing, now, expected) => {
  expect(givenApproval(record, missing, now)).toEqual(expected);
});
