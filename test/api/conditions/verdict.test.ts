import { expect, test } from 'vitest';
import { isVerdict, type Verdict, verdicts, worseVerdict } from '../../../src/api/conditions/verdict.ts';

test.each<[Verdict, Verdict, Verdict]>([
  ['Go', 'NotDue', 'NotDue'],
  ['AtRisk', 'NotDue', 'AtRisk'],
  ['AtRisk', 'NoGo', 'NoGo'],
  ['Go', 'Go', 'Go'],
])('the worse of %s and %s is %s', (one, other, worse) => {
  expect(worseVerdict(one, other)).toBe(worse);
  expect(worseVerdict(other, one)).toBe(worse);
});

test('only verdicts are verdicts', () => {
  expect(verdicts.every(isVerdict)).toBe(true);
  expect([undefined, '', 'Good'].some(isVerdict)).toBe(false);
});
