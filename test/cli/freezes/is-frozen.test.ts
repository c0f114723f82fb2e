import { expect, test } from 'vitest';
import { isFrozen } from '../../../src/cli/freezes/is-frozen.ts';

const start = Date.parse('2026-11-27T18:55:00Z');
const end = Date.parse('2026-11-27T19:21:00Z');
const windows = [{ start, end, sales: ['drop'] }];
const flag = { active: true, until: '2026-11-27T19:21:00Z', windows: [] };
const live = { namespace: 'marketplace', isStated: true, unreadable: [], freezes: [], isNow: true };

test('a flag that is up holds deployments until it ends, although no sale asks for it', () => {
  expect(isFrozen({ ...live, flag }, end - 1000)).toBe(true);
  expect(isFrozen({ ...live, flag }, end)).toBe(false);
  expect(isFrozen({ ...live, flag: { ...flag, active: false } }, end - 1000)).toBe(false);
  expect(isFrozen(live, end - 1000)).toBe(false);
});

test('the flag of now says nothing of another instant', () => {
  expect(isFrozen({ ...live, flag, isNow: false }, end - 1000)).toBe(false);
});

test('a window of a sale holds deployments from its first to its last second without a flag', () => {
  const at = [start - 1000, start, end - 1000, end];
  expect(at.map(now => isFrozen({ ...live, freezes: windows }, now))).toEqual([false, true, true, false]);
});
