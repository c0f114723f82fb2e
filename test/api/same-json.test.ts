import { expect, test } from 'vitest';
import { isSameJson } from '../../src/api/same-json.ts';

test.each([
  ['another order of keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }, true],
  ['another order of a list', [1, 2], [2, 1], false],
  ['another number', { a: 1 }, { a: 2 }, false],
  ['a key more', { a: 1 }, { a: 1, b: 2 }, false],
])('%s', (_what, one, other, same) => {
  expect(isSameJson(one, other)).toBe(same);
});
