import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codes } from '../../src/validate/codes.ts';
import { findingsOfShop, readBrokenShops, soundShop } from '../support/validate/broken/read-broken-shops.ts';

test('docs/validate.md has the entry of each code, in the same words, and no other', () => {
  const rows = readFileSync('docs/validate.md', 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.split('|').map(cell => cell.trim()));
  expect(rows.map(([, code, , meaning]) => [code, meaning])).toEqual(
    Object.entries(codes).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );
  for (const [, code, severity, , mend] of rows) {
    expect([code, severity]).toEqual([code, expect.stringMatching(/^(error|warning|error or warning)$/)]);
    expect(mend).not.toBe('');
  }
});

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
