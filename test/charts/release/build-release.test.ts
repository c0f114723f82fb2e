import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { publishedName } from '../../../charts/release/published-package.ts';
import { unpackTool } from '../../support/kubectl/unpack-kubectl.ts';
import { idOf, readObjects, renderChart } from '../../support/pages/installation.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-release-'));
const out = path.join(root, 'assets');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const check = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['charts/release/main.ts', '--out', out, ...args], { encoding: 'utf8' });

beforeAll(() => {
  if (!existsSync('dist/js/src/main.js')) execFileSync('npm', ['run', 'prepare'], { stdio: 'ignore' });
  const { status, stderr } = check('--homepage', 'https://forge.example/headstart');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const asset = (name: string) => path.join(out, name);
const unpack = (name: string) => {
  const folder = mkdtempSync(path.join(root, 'unpacked-'));
  execFileSync('tar', ['-xzf', asset(name), '-C', folder]);
  return folder;
};

test('every asset is there, and the checksums are those of all others', () => {
  const assets = readdirSync(out).sort();
  expect(assets).toEqual([
    'checksums.txt',
    'crds.yaml',
    `headstart-${version}.tgz`,
    `headstart-dev-headstart-${version}.tgz`,
    `headstart-kustomize-${version}.tar.gz`,
    'headstart.yaml',
    'install.yaml',
    `kubectl-headstart-${version}.tar.gz`,
    'monitoring.yaml',
    'sbom.cdx.json',
  ]);
  const sums = assets.slice(1).map(name => `${sha256(asset(name))}  ${name}\n`);
  expect(readFileSync(asset('checksums.txt'), 'utf8')).toBe(sums.join(''));
});

test('install.yaml and crds.yaml are the whole operator', () => {
  const ids = (name: string) => readObjects(readFileSync(asset(name), 'utf8')).map(idOf);
  expect(ids('crds.yaml')).toHaveLength(4);
  expect(ids('install.yaml')).toEqual(
    expect.arrayContaining(['Namespace headstart-system', 'Deployment headstart', 'ClusterRole headstart-sre']),
  );
});

const hasHelm = unpackTool('helm') !== undefined;
test.skipIf(!hasHelm)(`the packaged chart renders${hasHelm ? '' : ' (not rendered: no Helm here)'}`, () => {
  const objects = renderChart(asset(`headstart-${version}.tgz`));
  expect(JSON.stringify(objects)).toContain(`"image":"ghcr.io/headstart-dev/headstart:${version}"`);
  expect(objects.filter(({ kind }) => kind === 'CustomResourceDefinition')).toHaveLength(4);
});

describe('the npm package', () => {
  test('has a name of a scope, may be published, and runs no script', () => {
    const folder = unpack(`headstart-dev-headstart-${version}.tgz`);
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package/package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: publishedName, version });
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['private']));
    expect([manifest.scripts, manifest.devDependencies]).toEqual([undefined, undefined]);
    expect(existsSync(path.join(folder, 'package', manifest.bin['kubectl-headstart']))).toBe(true);
  });
});

describe('the plugin', () => {
  test('starts from its archive alone, and reads and plans', { timeout: 60_000 }, () => {
    const main = path.join(unpack(`kubectl-headstart-${version}.tar.gz`), 'package/dist/js/src/main.js');
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', cwd: 'docs/first-sale' });
    expect(run('--version').stdout).toBe(`${version}\n`);
    expect(run('validate', '.').status).toBe(0);
    const refused = run('explain', 'drop', '--server', 'http://127.0.0.1:1');
    expect(refused.stderr).toContain('127.0.0.1:1');
  });

  test('is what the krew manifest names, by its checksum', () => {
    const { metadata, spec } = parse(readFileSync(asset('headstart.yaml'), 'utf8'));
    const [platform] = spec.platforms;
    const name = `kubectl-headstart-${version}.tar.gz`;
    expect({ name: metadata.name, version: spec.version }).toEqual({ name: 'headstart', version: `v${version}` });
    expect(platform.uri).toBe(`https://forge.example/headstart/releases/download/v${version}/${name}`);
    expect(platform.sha256).toBe(sha256(asset(name)));
    expect(spec.shortDescription.length).toBeLessThanOrEqual(50);
    const listed = execFileSync('tar', ['-tzf', asset(name)], { encoding: 'utf8', maxBuffer: 50_000_000 });
    expect(listed.split('\n')).toContain(`package/${platform.bin}`);
  });
});

test('the bill of materials has every run-time package of the lockfile, and no other', () => {
  const { bomFormat, components } = JSON.parse(readFileSync(asset('sbom.cdx.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const locked = Object.entries<{ dev?: boolean; optional?: boolean }>(packages)
    .filter(([place, { dev, optional }]) => place !== '' && !dev && !optional)
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const listed = components.map((each: { group?: string; name: string }) =>
    [each.group, each.name].filter(Boolean).join('/'),
  );
  expect(bomFormat).toBe('CycloneDX');
  expect(new Set(listed)).toEqual(new Set(locked));
});

test('another tag than the version, or one without a changelog, is refused', { timeout: 120_000 }, () => {
  const { status, stderr } = check('--tag', 'v99.0.0');
  expect(status).toBe(1);
  expect(stderr).toContain(`the tag is v99.0.0, package.json ${version}: it must be v${version}`);
});

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
