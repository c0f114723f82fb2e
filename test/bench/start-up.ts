import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BenchmarkResult, RunBenchmark } from '../support/bench/benchmark.ts';
import { releasedLease } from '../support/shop/released-lease.ts';
import { openShop, type Shop, service, shopDemand } from '../support/shop/sandbox-shop.ts';

const built = path.join(import.meta.dirname, '../../dist/js/src');
const rounds = 5;
const objects = 20_000;
/** Milliseconds after leading until the memory is read. */
const settleMs = 8_000;

/** Time to import the built operator, and its memory while idle: on an empty cluster, and with 20,000 objects cached. */
export const run: RunBenchmark = async (): Promise<BenchmarkResult> => {
  const bare = await median(() => importMs(''));
  const whole = await median(() => importMs(path.join(built, 'operator/start-operator.js')));
  const empty = await residentMiB(0);
  const full = await residentMiB(objects);
  return {
    settings: [
      'the built operator (npm run build) in a process of its own; wall time, median of five, on the machine as it is',
      `memory: resident set of the process on Linux, ${settleMs / 1000} s after it leads; the ${objects} objects are HPAs`,
    ],
    tables: [
      {
        title: 'Start-up',
        figures: [
          { measure: 'import of the operator: s', value: (whole - bare) / 1000, must: 0.25 },
          { measure: 'a process that imports nothing: s', value: bare / 1000 },
        ],
      },
      {
        title: 'Memory',
        figures: [
          { measure: 'idle on an empty cluster: MiB', value: empty, must: 75 },
          { measure: `with ${objects} objects cached: MiB`, value: full, must: 100 },
          { measure: 'an object: KiB', value: ((full - empty) * 1024) / objects },
        ],
      },
    ],
    skipped: [],
  };
};

async function median(measure: () => Promise<number>): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < rounds; round += 1) figures.push(await measure());
  return figures.sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
}

/** Milliseconds of a process that imports a module and ends. */
async function importMs(module: string): Promise<number> {
  const started = performance.now();
  await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    module === '' ? '' : `await import(${JSON.stringify(module)})`,
  ]);
  return performance.now() - started;
}

async function residentMiB(count: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headstart-start-up-'));
  const shop = await openShop({ start: Date.now(), demand: shopDemand([]), policy: 'None' });
  try {
    await shop.create(releasedLease('default'));
    for (let index = 0; index < count; index += 1) {
      const namespace = `shop-${index % 100}`;
      await shop.create(service(`service-${index}`, { namespace })[1] ?? {});
    }
    return await operatorMiB(shop, folder);
  } finally {
    await shop.close();
    rmSync(folder, { recursive: true });
  }
}

async function operatorMiB(shop: Shop, folder: string): Promise<number> {
  const settings = path.join(folder, 'settings.yaml');
  writeFileSync(settings, 'listen: { health: "off", metrics: "off" }\nleaderElection: { namespace: default }\n');
  const args = [path.join(built, 'main.js'), 'operator', '--settings', settings, '--server', shop.connection.server];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const leading = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('"Leading"') && leading.resolve());
  const exited = once(child, 'exit');
  void exited.then(() => leading.reject(new Error('the operator ended before it led')));
  await leading.promise;
  await new Promise(resolve => setTimeout(resolve, settleMs));
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  child.kill('SIGTERM');
  await exited;
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
