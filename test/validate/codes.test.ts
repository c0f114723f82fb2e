import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codes } from '../../src/validate/codes.ts';

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
