import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-validate-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const good =
  'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata: { name: a, namespace: shop }\nspec:\n  startTime: "2026-11-27T20:00:00Z"\n  endTime: "2026-11-27T22:00:00Z"\n';
const policy =
  'apiVersion: headstart.dev/v1alpha1\nkind: ScalingPolicy\nmetadata: { name: default, namespace: shop }\nspec: { freeze: { beforeSeconds: 60, afterSeconds: 0 } }\n';

describe('headstart validate', () => {
  test('exits 0 when all is well', async () => {
    expect(await run('validate', folderOf(good))).toEqual({
      code: 0,
      text: expect.stringContaining('0 errors, 0 warnings'),
    });
  });

  test.each([
    [
      'table',
      expect.stringMatching(/a\.yaml:6 +error +schema +FlashSale shop\/a: spec\.endTime: must be after startTime/),
    ],
    ['json', expect.stringContaining('"line": 6')],
    ['junit', expect.stringContaining('failures="1"')],
  ])('exits 1 on an error, and says it as %s', async (form, text) => {
    const folder = folderOf(good.replace('T22', 'T19'));
    expect(await run('validate', folder, '-o', form)).toEqual({ code: 1, text });
  });
});

describe('headstart freeze check', () => {
  test.each([
    ['2026-11-27T18:59:59Z', 0],
    ['2026-11-27T19:00:00Z', 3],
    ['2026-11-27T22:59:59Z', 3],
    ['2026-11-27T23:00:00Z', 0],
  ])('at %s, an hour around the sale, exits %i', async (at, code) => {
    expect((await run('freeze', 'check', folderOf(good), '--at', at)).code).toBe(code);
  });

  test('takes the lengths of the namespace’s policy', async () => {
    const folder = folderOf(`${good}---\n${policy}`);
    expect((await run('freeze', 'check', folder, '--at', '2026-11-27T19:30:00Z')).code).toBe(0);
    expect((await run('freeze', 'check', folder, '--at', '2026-11-27T19:59:30Z')).code).toBe(3);
    expect((await run('freeze', 'check', folder, '--at', '2026-11-27T22:00:00Z')).code).toBe(0);
  });

  test('a cancelled sale freezes nothing', async () => {
    const folder = folderOf(`${good}  cancelled: true\n`);
    expect((await run('freeze', 'check', folder, '--at', '2026-11-27T21:00:00Z')).code).toBe(0);
  });
});

function folderOf(text: string): string {
  const folder = mkdtempSync(path.join(root, 'f-'));
  writeFileSync(path.join(folder, 'a.yaml'), text);
  return folder;
}

async function run(...args: readonly string[]) {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
  try {
    const code = await runProgram(['node', 'headstart', ...args]);
    return { code, text: written.join('') };
  } finally {
    spy.mockRestore();
  }
}
