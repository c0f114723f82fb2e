import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const page = readFileSync('docs/errors.md', 'utf8');

function codesIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  const texts = files.map(file => readFileSync(path.join(folder, file), 'utf8'));
  return texts.flatMap(text => [...text.matchAll(/code = '(HEADSTART_[A-Z_]+)'/g)].map(([, code]) => code ?? ''));
}

describe('the page of errors', () => {
  const documented = [...page.matchAll(/^\| `(HEADSTART_[A-Z_]+)` *\|/gm)].map(([, code]) => code ?? '').sort();
  const thrown = [...codesIn('src'), ...codesIn('forecasts')].sort();

  test('has every code that is thrown, each by one class, and no other', () => {
    expect(new Set(thrown).size).toBe(thrown.length);
    expect(documented).toEqual(thrown);
  });

  test('has the codes of calls without an answer', () => {
    const transport = readdirSync('src/kube', { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => readFileSync(path.join('src/kube', file), 'utf8'))
      .join('\n');
    const codes = [...transport.matchAll(/TransportError\(\s*'([A-Z_]+)'/g)].map(([, code]) => code ?? '');
    for (const code of new Set(codes))
      if (!/^E[A-Z]+$|^UNKNOWN$/.test(code)) expect(page, code).toContain(`\`${code}\``);
    expect(codes.length).toBeGreaterThan(2);
  });
});
