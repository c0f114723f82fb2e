import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
      expect.stringMatching(/a\.yaml:6:12 +error +schema +FlashSale shop\/a: spec\.endTime: must be after startTime/),
    ],
    ['json', expect.stringContaining('"line": 6')],
    [
      'sarif',
      expect.stringMatching(/"ruleId": "schema",\s+"level": "error",[\s\S]*"startLine": 6,\s+"startColumn": 12/),
    ],
    [
      'github',
      expect.stringMatching(/^::error file=\S+a\.yaml,line=6,col=12,title=schema::FlashSale shop\/a: spec\.endTime/),
    ],
    [
      'junit',
      expect.stringMatching(
        /failures="1" skipped="0">[\s\S]*<testcase name="duplicate" classname="validate .*"><\/testcase>/,
      ),
    ],
  ])('exits 1 on an error, and says it as %s', async (form, text) => {
    const folder = folderOf(good.replace('T22', 'T19'));
    expect(await run('validate', folder, '-o', form)).toEqual({ code: 1, text });
  });
});

describe('headstart validate of hostile names', () => {
  test('takes no name of an object, a label, a kind or a resource for what every object inherits', async () => {
    const hostile = ['constructor', 'toString', 'hasOwnProperty', '__proto__'];
    const pods = `{ metadata: { labels: { app: a } }, spec: { containers: [{ name: a, image: a:1, resources: { requests: { constructor: "1" } } }] } }`;
    const folder = folderOf(
      [
        good.replace('name: a', 'name: constructor'),
        ...hostile.map(
          name =>
            `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: constructor, namespace: shop }\nspec: { selector: { matchLabels: { "${name}": b } }, template: ${pods} }\n`,
        ),
        ...hostile.map(kind => `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: a, namespace: shop }\n`),
        `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: a, namespace: shop }\nspec: { hard: { constructor: "1", "requests.constructor": "1" } }\n`,
      ].join('---\n'),
    );
    const { text } = await run('validate', folder);
    expect(text).not.toMatch(/native code|\[object|TypeError|is not a function|undefined/);
    expect(text).toMatch(/^\d+ objects|: \d+ objects/m);
  });
});

describe('headstart validate reads', () => {
  test('a folder that links to itself once, and passes a link to nowhere over', async () => {
    const folder = folderOf(good);
    mkdirSync(path.join(folder, 'sub'));
    symlinkSync('..', path.join(folder, 'sub/up'));
    symlinkSync('..', path.join(folder, 'sub/again'));
    symlinkSync('/nowhere', path.join(folder, 'dead.yaml'));
    mkdirSync(path.join(folder, 'folder.yaml'));
    expect(await run('validate', folder)).toEqual({ code: 0, text: expect.stringContaining(': 1 objects, 0 errors') });
  });

  test('no folder without YAML, since a mistyped path would pass for a clean one', async () => {
    expect((await run('validate', mkdtempSync(path.join(root, 'empty-')))).code).toBe(1);
  });

  test("other projects' definitions, and says whose kinds nothing describes", async () => {
    const folder = folderOf('apiVersion: shop.example/v1\nkind: Widget\nmetadata: { name: w }\n');
    expect(await run('validate', folder)).toEqual({
      code: 0,
      text: expect.stringMatching(/^not looked into, .*\(--crds\): shop\.example\/v1 Widget \(1\)$/m),
    });
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

  test('exits 1 when a sale cannot be read: nobody knows whether a deploy may go on', async () => {
    const folder = folderOf(good.replace('T20:00:00Z', ' at eight'));
    expect(await run('freeze', 'check', folder, '--at', '2026-11-27T21:00:00Z')).toEqual({
      code: 1,
      text: expect.stringMatching(
        /a\.yaml:5:14 +error +schema +FlashSale shop\/a: spec\.startTime: must be an instant/,
      ),
    });
  });

  test('names the end of the windows that overlap, and lists them', async () => {
    const later = good.replace('name: a,', 'name: b,').replace('T22:00:00Z', 'T23:45:00Z').replace('T20:00', 'T22:30');
    const folder = folderOf(`${good}---\n${later}`);
    const { text } = await run('freeze', 'check', folder, '--at', '2026-11-27T21:00:00Z');
    expect(text).toMatch(
      /FlashSale shop\/a: deployments are frozen until 2026-11-28T00:45:00Z, for another 3 h 45 min$/m,
    );
    expect(await run('freeze', 'windows', folder, '--at', '2026-11-27T21:00:00Z')).toEqual({
      code: 0,
      text: expect.stringMatching(/^shop +2026-11-27T19:00:00Z +2026-11-28T00:45:00Z +yes +a, b$/m),
    });
  });

  test('windows exits 1 beside what it can tell, when a sale cannot be read', async () => {
    const folder = folderOf(`${good}---\n${good.replace('name: a,', 'name: b,').replace('T20:00:00Z', ' at eight')}`);
    expect(await run('freeze', 'windows', folder, '-o', 'argocd', '--at', '2026-11-27T21:00:00Z')).toEqual({
      code: 1,
      text: expect.stringMatching(/^ {4}- kind: deny$/m),
    });
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
