import { expect, test } from 'vitest';
import { WriteMemory } from '../../src/apply/write-memory.ts';

const bounds = { monotonicMs: 0, at: 0, minReplicas: 35, maxReplicas: 53 };

/** A memory of two objects in one namespace and one in another. */
function filled() {
  const memory = new WriteMemory();
  for (const uid of ['a', 'b', 'c']) memory.rememberBounds(uid, bounds);
  memory.keepOnly('shop', new Set(['a', 'b']));
  memory.keepOnly('travel', new Set(['c']));
  return memory;
}

test('forgets what a namespace holds no longer, and nothing of others', () => {
  const memory = filled();
  memory.keepOnly('shop', new Set(['b']));
  expect(['a', 'b', 'c'].map(uid => memory.sentBounds(uid))).toEqual([undefined, bounds, bounds]);
  memory.keepOnly('shop', new Set());
  memory.keepOnly('travel', new Set());
  expect(memory.size).toBe(0);
});

test('forgets all at once', () => {
  const memory = filled();
  memory.forgetAll();
  expect(memory.size).toBe(0);
});

test('a complaint is news once, and again after another one', () => {
  const memory = new WriteMemory();
  const told = ['no', 'no', 'other', 'no'].map(complaint => memory.isNews('a', complaint));
  expect(told).toEqual([true, false, true, true]);
});
