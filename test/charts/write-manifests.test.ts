import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareFolder, marker, writeManifests } from '../../charts/write-manifests.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-synth-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const files = new Map([
  ['crds.yaml', 'a: 1\n'],
  ['dev/cart/service.cart.yaml', 'b: 2\n'],
]);

describe('writeManifests', () => {
  test('writes what is missing, then has nothing to do', () => {
    const folder = path.join(root, 'fresh');
    expect(writeManifests(folder, files).missing).toEqual(['crds.yaml', 'dev/cart/service.cart.yaml']);
    expect(writeManifests(folder, files)).toEqual({ missing: [], changed: [], surplus: [] });
    expect(readFileSync(path.join(folder, 'dev/cart/service.cart.yaml'), 'utf8')).toBe(`# ${marker}\nb: 2\n`);
  });

  test('removes what it wrote for services that are gone, and nothing that somebody else put there', () => {
    const folder = path.join(root, 'old');
    writeManifests(folder, new Map([...files, ['dev/gone/service.gone.yaml', 'c: 3\n']]));
    const foreign = ['README.md', 'shop.yaml', 'dev/kustomization.yaml', 'dev/cart/service.extra.yaml'];
    for (const file of foreign) writeFileSync(path.join(folder, file), 'ours: true\n');
    symlinkSync(path.join(root, 'fresh'), path.join(folder, 'elsewhere'));
    expect(compareFolder(folder, files).surplus).toEqual(['dev/gone/service.gone.yaml']);
    expect(writeManifests(folder, files).surplus).toEqual(['dev/gone/service.gone.yaml']);
    expect(existsSync(path.join(folder, 'dev/gone'))).toBe(false);
    expect(foreign.filter(file => !existsSync(path.join(folder, file)))).toEqual([]);
    expect(existsSync(path.join(root, 'fresh/crds.yaml'))).toBe(true);
  });

  test('comparing writes nothing', () => {
    const folder = path.join(root, 'absent');
    expect(compareFolder(folder, files).missing).toHaveLength(2);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('npm run synth', () => {
  const out = path.join(root, 'manifests');
  const synth = (...args: readonly string[]) => spawnSync('node', ['charts/main.ts', ...args], { encoding: 'utf8' });

  test('--out writes; --diff then finds nothing and exits 0, in any folder, time zone and language', () => {
    expect(synth('--out', out).status).toBe(0);
    const elsewhere = { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
    const diff = spawnSync('node', [path.resolve('charts/main.ts'), '--diff', out], {
      encoding: 'utf8',
      cwd: root,
      env: elsewhere,
    });
    expect([diff.stdout, diff.status]).toEqual(['', 0]);
  });

  test('--diff names what differs and exits 2', () => {
    writeFileSync(path.join(out, 'dev/cart/service.cart.yaml'), 'edited: by hand\n');
    const diff = synth('--diff', out, '--image', 'registry.example.com/headstart:9');
    expect([diff.stdout, diff.status]).toEqual(['~ dev/cart/service.cart.yaml\n~ install.yaml\n', 2]);
  });

  test('an unknown option is misuse, in a sentence', () => {
    const wrong = synth('--ouput', out);
    expect([wrong.stderr, wrong.status]).toEqual([expect.stringContaining("synth: Unknown option '--ouput'"), 1]);
  });

  test('uses the image of the release unless told', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    execFileSync('node', ['charts/main.ts', '--out', out]);
    expect(readFileSync(path.join(out, 'install.yaml'), 'utf8')).toContain(
      `image: ghcr.io/headstart-dev/headstart:${version}\n`,
    );
  });
});
