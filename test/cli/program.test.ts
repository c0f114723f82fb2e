import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { packagePath } from '../../src/package-path.ts';
import { runHere } from '../support/cli/run-here.ts';

const nobody = ['--server', 'http://127.0.0.1:1'];

describe('headstart exits', () => {
  test.each([
    ['0 on --help', ['plan', '--help'], 0],
    ['2 on an option that is not there', ['plan', '--files', 'a.yaml'], 2],
    ['2 without a required option', ['plan'], 2],
    ['2 on a form that report does not have', ['report', 'drop', '-o', 'yaml', ...nobody], 2],
    ['2 on an option of adopt --all beside one HPA', ['adopt', 'checkout', '-o', 'targets', ...nobody], 2],
    ['2 on an option of one HPA beside adopt --all', ['adopt', '--all', '--settings', 'a', '--ceiling', '9'], 2],
    ['1 on a file that is not there', ['plan', '-f', 'nowhere.yaml', '--targets', '.', '--history', '.'], 1],
    ['3 when nothing listens at the cluster', ['explain', 'drop', ...nobody], 3],
    ['1 of freeze check then, since 3 is an open window there', ['freeze', 'check', ...nobody], 1],
  ])('%s', async (_, args, code) => {
    expect((await runHere(...args)).code).toBe(code);
  });
});

test('every help says what the exit codes mean', async () => {
  for (const command of ['plan', 'status', 'cancel'])
    expect((await runHere(command, '--help')).stdout).toContain(
      'Exit codes: 0 done, 1 not done or not accepted, 2 misuse, 3 cluster unreachable.',
    );
});

test('help shows defaults as they are written', async () => {
  const help = (await runHere('backtest', '--help')).stdout.replace(/\s+/g, ' ');
  for (const written of ['24h', '1h', '0.5,0.9,0.95']) expect(help).toContain(`default: ${written})`);
});

test('plan -f - reads the sale from standard input, and names it in what is wrong', { timeout: 60_000 }, async () => {
  const args = ['plan', '-f', '-', '--targets', '.', '--history', '.'];
  const child = spawn(process.execPath, [packagePath('src', 'main.ts'), ...args]);
  child.stdin.end(
    'apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata: { name: drop }\nspec: { startTime: soon }\n',
  );
  let told = '';
  child.stderr.on('data', chunk => {
    told += String(chunk);
  });
  const [code] = await once(child, 'close');
  expect(told).toMatch(/standard input:4:\d+: FlashSale default\/drop: spec\.startTime: /);
  expect(code).toBe(1);
});
