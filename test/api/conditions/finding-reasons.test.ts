import { expect, test } from 'vitest';
import { findingReasons } from '../../../src/api/conditions/finding-reasons.ts';
import { casePlans } from '../../support/shop/case-plans.ts';

test('every reason of a finding is found in a case, and no other', () => {
  const found = casePlans()
    .flatMap(({ sales }) => sales)
    .flatMap(({ findings = [] }) => findings)
    .map(({ condition, reason }) => `${condition} ${reason}`);
  const named = Object.entries(findingReasons).flatMap(([condition, reasons]) =>
    Object.keys(reasons).map(reason => `${condition} ${reason}`),
  );
  expect([...new Set(found)].sort()).toEqual(named.sort());
});
