import type { BenchmarkTable, RunBenchmark } from '../support/bench/benchmark.ts';
import { runScale, type ScaleRun } from '../support/bench/scale/run-scale.ts';
import type { ScaleSettings } from '../support/bench/scale/scale-settings.ts';

/** One large namespace, and many; `SCALE=full` makes the many ten times as many. */
const isFull = process.env.SCALE === 'full';
const large = { namespaces: 1, targets: 60, salesAhead: 1000, salesPast: 400, hasLongSale: true };
const many = { namespaces: isFull ? 500 : 50, targets: 40, salesAhead: 20, salesPast: 10, hasLongSale: false };
const small = { namespaces: 2, targets: 10, salesAhead: 50, salesPast: 10, hasLongSale: false };
const measuring = { announcements: 5, idleSeconds: 30, longestSeconds: isFull ? 3000 : 900 };
const quick = { announcements: 0, idleSeconds: 1, longestSeconds: 600 };

/**
 * The operator on a large cluster: how long its main thread is held, how soon an announced sale is raised, how long a
 * cold start takes, what it costs when nothing happens, and how the cost grows.
 */
export const run: RunBenchmark = async () => ({
  settings,
  tables: [
    scaleTable(describe(large), await runScale({ ...large, now: Date.now() }, measuring)),
    scaleTable(describe(many), await runScale({ ...many, now: Date.now() }, measuring)),
    await growthTable(),
  ],
  skipped: isFull ? [] : ['500 namespaces with 40 targets and 20 sales each: SCALE=full runs them'],
});

const settings = [
  'the operator with one forecast thread; its API server in another process, its metric store made up in its own; 28 d by the minute; 100 writes per second',
  'held: CPU time of the main thread between two firings of a timer, so that what else runs on the machine does not count; loading modules is left out, the first list is not',
  'raised: from the creation of a sale that begins in a minute until the first HPA has its bounds, over HTTP',
];

function describe({ namespaces, targets, salesAhead, salesPast, hasLongSale }: Omit<ScaleSettings, 'now'>): string {
  const each = namespaces === 1 ? '1 namespace' : `${namespaces} namespaces, each`;
  return `${each}: ${targets} targets, ${salesAhead} sales ahead, ${salesPast} past${hasLongSale ? ', one of 92 days' : ''}`;
}

function scaleTable(title: string, scale: ScaleRun): BenchmarkTable {
  const writes = Object.values(scale.firstWrites).reduce((sum, count) => sum + count, 0);
  return {
    title,
    figures: [
      { measure: 'main thread held at most: ms of CPU', value: scale.stallMs, must: 100 },
      { measure: 'leases lost', value: scale.leasesLost, must: 0 },
      { measure: 'cold start until a sale that is due is raised: s', value: scale.dueRaisedSeconds, must: 60 },
      { measure: 'cold start until every sale has its plan: s', value: scale.settledSeconds },
      { measure: 'CPU until then, all threads: s', value: scale.settledCpuSeconds },
      { measure: 'writes until then', value: writes },
      { measure: 'sale announced 60 s ahead raised, median: ms', value: at(scale.raisedMs, 0.5), must: 1000 },
      { measure: 'the slowest of them: ms', value: at(scale.raisedMs, 1), must: 1000 },
      { measure: 'share of a core while nothing happens', value: scale.idleShare, must: 0.03 },
      { measure: 'writes while nothing happens', value: scale.idleWrites, must: 0 },
      { measure: 'resident memory: MB', value: scale.rssMb },
    ],
  };
}

/** How the CPU of the first sight grows when one dimension doubles: log2 of the ratio, 1 = linear. */
async function growthTable(): Promise<BenchmarkTable> {
  const cpuOf = async (changed: Partial<ScaleSettings>) =>
    (await runScale({ ...small, now: Date.now(), ...changed }, quick)).settledCpuSeconds;
  const base = await cpuOf({});
  const exponent = async (changed: Partial<ScaleSettings>) => Math.log2((await cpuOf(changed)) / base);
  return {
    title: 'When one dimension doubles: exponent of the CPU until every sale has its plan',
    figures: [
      { measure: 'sales', value: await exponent({ salesAhead: 2 * small.salesAhead }), must: 1.1 },
      { measure: 'targets', value: await exponent({ targets: 2 * small.targets }), must: 1.1 },
      { measure: 'namespaces', value: await exponent({ namespaces: 2 * small.namespaces }), must: 1.1 },
    ],
  };
}

function at(ascending: readonly number[], share: number): number {
  return ascending[Math.round(share * (ascending.length - 1))] ?? Number.NaN;
}
