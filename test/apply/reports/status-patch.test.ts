import { describe, expect, test } from 'vitest';
import { statusPatch } from '../../../src/apply/reports/status-patch.ts';

describe('the patch of a status', () => {
  test.each([
    ['is nothing when nothing differs', { a: 1, b: [{ c: 1 }] }, { b: [{ c: 1 }], a: 1 }, undefined],
    ['has only what differs', { a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
    ['removes by null what is no more', { a: 1, b: 2 }, { a: 1 }, { b: null }],
    [
      'goes into objects',
      { plan: { revision: 1, endTime: 'x' } },
      { plan: { revision: 2, endTime: 'x' } },
      { plan: { revision: 2 } },
    ],
    ['replaces lists whole', { list: [1, 2] }, { list: [1, 2, 3] }, { list: [1, 2, 3] }],
    ['takes an undefined for absent', { a: undefined }, {}, undefined],
    ['replaces a list by an object', { a: [] }, { a: {} }, { a: {} }],
  ])('%s', (_, before, after, patch) => {
    expect(statusPatch(before, after)).toEqual(patch);
  });
});
