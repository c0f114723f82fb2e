import { expect, test } from 'vitest';
import { planningRules } from '../../src/api/planning-rules.ts';
import { readDefinition, walk } from '../support/pages/custom-resource-definitions.ts';
import { describeRules } from '../support/pages/described-terms.ts';
import { casePlans } from '../support/shop/case-plans.ts';

const plans = casePlans();
const entries = Object.entries(planningRules);

test('the plans of test/cases name every rule of the table, and no other', () => {
  const named = plans
    .flatMap(({ targets, sales }) => [...targets, ...sales.flatMap(sale => sale.targets)])
    .flatMap(({ because }) => because.map(({ rule }) => rule));
  expect([...new Set(named)].sort()).toEqual(entries.map(([rule]) => rule).sort());
});

test('their SalePlans name every rule that is recorded there, and no other', () => {
  const recorded = plans
    .flatMap(({ sales }) => sales)
    .flatMap(({ targets }) => targets)
    .flatMap(({ because }) => because.map(({ rule }) => rule));
  const stated = entries.filter(([, { inSalePlan }]) => inSalePlan).map(([rule]) => rule);
  expect([...new Set(recorded)].sort()).toEqual(stated.sort());
});

test('crds/saleplans.yaml lists the rules that a SalePlan records', () => {
  const described = walk(readDefinition('saleplans').root).filter(([path]) => path.endsWith('.because[].rule'));
  expect(described.map(([, { description }]) => description)).toEqual([describeRules()]);
});
