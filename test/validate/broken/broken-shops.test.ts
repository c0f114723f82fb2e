import { describe, expect, test } from 'vitest';
import { findingsOfShop, readBrokenShops, soundShop } from '../../support/validate/broken/read-broken-shops.ts';

test('a sound shop has no finding, also where it was applied before', () => {
  expect(findingsOfShop(soundShop, soundShop)).toEqual([]);
});

describe.each([
  ['what the API server refuses, or no node can run', 'refused'],
  ['pods that stop, starve or leak', 'pods'],
  ['names that lead nowhere, and rights', 'references'],
])('a shop with one mistake: %s', (_title, list) => {
  test.each(readBrokenShops(list))('$title', ({ text, found }) => {
    expect(text).not.toBe(soundShop);
    expect(findingsOfShop(text)).toEqual(found);
  });
});

describe('a shop with one mistake: what cannot change once it is applied', () => {
  test.each(readBrokenShops('changes'))('$title', ({ text, found }) => {
    expect(findingsOfShop(text, soundShop)).toEqual(found);
  });
});
