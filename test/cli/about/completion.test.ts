import { describe, expect, test } from 'vitest';
import { runMain } from '../../support/run-main.ts';

/** What a shell is offered after these words. */
const offered = async (...words: readonly string[]) => {
  const { stdout } = await runMain(['complete', '--', ...words], 60_000);
  return stdout.split('\n').map(line => line.split('\t')[0]);
};

describe('headstart completion', { timeout: 120_000 }, () => {
  test.each([['bash'], ['zsh'], ['fish'], ['powershell']])('prints a script for %s', async shell => {
    const { code, stdout } = await runMain(['completion', shell], 60_000);
    expect(code).toBe(0);
    expect(stdout).toContain('headstart');
    expect(stdout).toMatch(/\bcomplete\b/);
  });

  test('offers commands, options and choices', async () => {
    expect(await offered('re')).toEqual(expect.arrayContaining(['readiness', 'report', 'restore', 'resume']));
    expect(await offered('sources', '')).toContain('check');
    expect(await offered('status', '--all')).toEqual(expect.arrayContaining(['--all', '--all-namespaces']));
    expect(await offered('status', '--output', '')).toEqual(expect.arrayContaining(['wide', 'json', 'name']));
  });

  test('exits 2 for a shell that it does not know', async () => {
    expect((await runMain(['completion', 'csh'], 60_000)).code).toBe(2);
  });
});
