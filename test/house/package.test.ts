import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeUnsupportedNode } from '../../src/cli/node-version.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

/** The machine's own tools: without the Node that this project carries. */
const ownPath = (process.env.PATH ?? '')
  .split(path.delimiter)
  .filter(entry => !entry.includes('node_modules'))
  .join(path.delimiter);
const environment = { ...process.env, PATH: ownPath };

test('the packed package, installed in an empty folder on the own Node of this machine, helps or says which Node it needs', () => {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], process.cwd())) as [
    { filename: string },
  ];
  run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--omit=optional', '--ignore-scripts', packed.filename],
    folder,
  );

  const ownVersion = run('node', ['--version'], folder).trim().slice(1);
  for (const bin of ['headstart', 'kubectl-headstart']) {
    const { status, stdout, stderr } = spawnSync(path.join(folder, 'node_modules', '.bin', bin), ['--help'], {
      encoding: 'utf8',
      env: environment,
    });
    const complaint = describeUnsupportedNode(ownVersion);
    if (complaint === undefined)
      expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: headstart') });
    else expect({ status, stderr }).toEqual({ status: 1, stderr: `${complaint}\n` });
  }
}, 240_000);

test('a Node that is new enough gets the help', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(folder, 'node_modules', 'headstart', 'dist/js/src/main.js'), '--help'],
    {
      encoding: 'utf8',
    },
  );
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: headstart') });
});

test.each([
  ['20.20.2', true],
  ['22.18.0', true],
  ['22.19.0', false],
  ['26.10.0', false],
])('Node %s is refused: %s', (version, refused) => {
  expect(describeUnsupportedNode(version) !== undefined).toBe(refused);
});

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, [...args], {
    cwd,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
