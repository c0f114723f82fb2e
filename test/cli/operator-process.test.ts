import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { leases } from '../../src/kube/resources/resource-kind.ts';
import { releasedLease } from '../support/shop/released-lease.ts';
import { openShop, type Shop, service, shopDemand } from '../support/shop/sandbox-shop.ts';

let shop: Shop;
let folder: string;
let running: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'headstart-operator-'));
  shop = await openShop({ start: Date.now(), demand: shopDemand([]) });
  await shop.create(releasedLease('default'), ...service('gateway', { namespace: 'default' }));
});
afterEach(() => {
  running?.kill('SIGKILL');
  running = undefined;
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

function settings(text: string): string {
  const file = path.join(folder, `settings-${Math.abs(text.length)}.yaml`);
  writeFileSync(file, text);
  return file;
}

function headstart(...args: readonly string[]) {
  const child = spawn(process.execPath, ['src/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const complaints: string[] = [];
  child.stdout
    .setEncoding('utf8')
    .on('data', (text: string) => lines.push(...text.split('\n').filter(line => line !== '')));
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  running = child;
  return { child, lines, complaints, exited: once(child, 'exit') };
}

describe('headstart operator', () => {
  test('runs until SIGTERM, then gives its lease back and exits 0, all in JSON lines', async () => {
    const file = settings('listen: { health: "127.0.0.1:0", metrics: off }\nleaderElection: { namespace: default }\n');
    const { child, lines, exited } = headstart('operator', '--settings', file, '--server', shop.connection.server);
    await expect.poll(() => lines.join('\n')).toContain('"result":"Leading"');
    const lease = () => shop.connection.resource(leases).get({ namespace: 'default', name: 'headstart' });
    expect((await lease()).spec?.holderIdentity).not.toBe('');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect((await lease()).spec?.holderIdentity).toBe('');
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), message: expect.any(String) });
  });

  test.each([
    ['an unknown settings key, by name', ['operator', '--settings', 'KEY'], 1, 'tickSecond'],
    [
      'a settings file that is not there, by name',
      ['operator', '--settings', '/nowhere/settings.yaml'],
      1,
      '/nowhere/settings.yaml',
    ],
    ['an unknown option', ['operator', '--setings', 'x'], 2, '--setings'],
    ['restore without saying all', ['restore'], 2, '--all'],
    ['a wait that is no number', ['restore', '--all', '--wait', 'soon'], 2, 'expected a duration'],
  ])('refuses %s', async (_, args, code, named) => {
    const file = settings('tickSecond: 15\n');
    const { complaints, exited } = headstart(...args.map(arg => (arg === 'KEY' ? file : arg)));
    expect(await exited).toEqual([code, null]);
    expect(complaints.join('')).toContain(named);
  });
});
