import { expect, test } from 'vitest';
import { freezesOf } from '../../../src/web/views/freezes.ts';
import { policyRecords } from '../../support/web/page-shop.ts';

const hour = (h: number) => Date.parse('2026-11-27T00:00:00Z') + h * 3_600_000;
const at = (h: number) => new Date(hour(h)).toISOString();
const windows = [
  { start: at(20), end: at(22), sales: ['late'] },
  { start: at(1), end: at(5), sales: ['over'] },
  { start: at(9), end: at(12), sales: ['drop', 'rest'] },
];

test('freeze windows come by their start, without those that are over, and say whether they are open', () => {
  const policies = policyRecords({}, { freeze: { active: true, windows } });
  expect(freezesOf('shop', { policies }, hour(10))).toEqual([
    { namespace: 'shop', start: hour(9), end: hour(12), sales: ['drop', 'rest'], isOpen: true },
    { namespace: 'shop', start: hour(20), end: hour(22), sales: ['late'], isOpen: false },
  ]);
});

test('there are none without a policy, and without a freeze in its status', () => {
  expect(freezesOf('shop', { policies: [] }, hour(10))).toEqual([]);
  expect(freezesOf('shop', { policies: policyRecords({}) }, hour(10))).toEqual([]);
});
