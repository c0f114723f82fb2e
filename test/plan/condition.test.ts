import { expect, test } from 'vitest';
import type { ReasonStep } from '../../src/api/sale-plan.ts';
import { condition } from '../../src/plan/condition.ts';

/** `tsc` is the judge here: it refuses a directive whose line has no error. */
test('a condition takes only types and reasons of the catalogue', () => {
  const well = condition('Ready', 'True', 'SaleAhead', 'gateway is at 29..44.');
  expect([
    // @ts-expect-error no such type
    condition('Redy', 'True', 'SaleAhead', 'gateway is at 29..44.'),
    // @ts-expect-error no such reason
    condition('Ready', 'True', 'SaleAhed', 'gateway is at 29..44.'),
    // @ts-expect-error a reason of another type
    condition('Contested', 'False', 'NotPaused', 'gateway is at 29..44.'),
  ]).not.toContainEqual(well);
});

test('a step takes only rules of the table', () => {
  // @ts-expect-error no such rule
  const step: ReasonStep = { rule: 'clamp', value: 29, unit: 'replicas', message: '29 replicas' };
  expect(step.unit).toBe('replicas');
});
