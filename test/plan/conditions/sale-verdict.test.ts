import { expect, test } from 'vitest';
import { verdicts } from '../../../src/api/conditions/verdict.ts';
import { saleVerdict } from '../../../src/plan/conditions/sale-verdict.ts';
import { casePlans } from '../../support/shop/case-plans.ts';

const conditions = (feasible: string, capacity: string) =>
  [
    { type: 'Prescaled', reason: 'NotDue' },
    { type: 'Feasible', reason: feasible },
    { type: 'CapacityReady', reason: capacity },
  ].map(one => ({ ...one, status: 'False', message: '' })) as unknown as Parameters<typeof saleVerdict>[0];

test.each([
  ['Go', 'NotDue', 'NotDue'],
  ['AtRisk', 'NotDue', 'AtRisk'],
  ['Go', 'AtRisk', 'AtRisk'],
  ['AtRisk', 'NoGo', 'NoGo'],
  ['NoGo', 'Go', 'NoGo'],
  ['Go', 'Go', 'Go'],
])('Feasible %s and CapacityReady %s make %s', (feasible, capacity, verdict) => {
  expect(saleVerdict(conditions(feasible, capacity))).toBe(verdict);
});

test('no case has a verdict better than one of its findings', () => {
  const open = casePlans()
    .flatMap(({ sales }) => sales)
    .filter(({ mode, verdict }) => mode === 'Apply' && verdict !== undefined);
  expect(open.length).toBeGreaterThan(80);
  for (const { salePlan, verdict = 'Go', findings = [] } of open) {
    const worst = Math.max(0, ...findings.map(finding => verdicts.indexOf(finding.verdict)));
    expect(verdicts.indexOf(verdict), salePlan).toBeGreaterThanOrEqual(worst);
  }
});
