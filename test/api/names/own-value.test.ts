import { describe, expect, test } from 'vitest';
import { ownValue } from '../../../src/api/names/own-value.ts';

const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf'];

describe('ownValue', () => {
  test.each(inherited)('finds nothing under %s where nothing was put', name => {
    expect(ownValue({ gateway: 1 }, name)).toBeUndefined();
  });

  test.each([...inherited, 'a'.repeat(253)])('finds under %s what was put there', name => {
    expect(ownValue(Object.fromEntries([[name, 7]]), name)).toBe(7);
  });

  test('finds nothing where there is no record', () => {
    expect(ownValue(undefined, 'gateway')).toBeUndefined();
  });
});
