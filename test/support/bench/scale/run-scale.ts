import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { wallClock } from '../../../../src/cli/wall-clock.ts';
import { type Connection, connect } from '../../../../src/kube/connect.ts';
import { autoscalers, flashSales } from '../../../../src/kube/resources/resource-kind.ts';
import { parseSettings } from '../../../../src/operator/settings/settings.ts';
import { type Operator, startOperator } from '../../../../src/operator/start-operator.ts';
import type { Log } from '../../../../src/operator/telemetry/log.ts';
import { flashSale } from '../../shop/sandbox-shop.ts';
import { HoldMeter } from './hold-meter.ts';
import { metricStore } from './made-up-store.ts';
import type { ScaleCounts, ScaleQuestion, ScaleSettings } from './scale-settings.ts';

/** What one run of the operator on a cluster of some size measured. */
export interface ScaleRun {
  /** Longest time that the main thread was held, in ms of its CPU time: what else runs on the machine does not count. */
  readonly stallMs: number;
  readonly leasesLost: number;
  /** Seconds from the start until a sale that is due is raised. */
  readonly dueRaisedSeconds: number;
  /** Seconds until every sale has its plan and status and nothing is written any more. */
  readonly settledSeconds: number;
  /** CPU seconds of all threads until then. */
  readonly settledCpuSeconds: number;
  /** Writes until then, by kind. */
  readonly firstWrites: Readonly<Record<string, number>>;
  /** Milliseconds from the creation of a sale that begins in a minute until its first HPA is raised, ascending. */
  readonly raisedMs: readonly number[];
  /** Share (0–1) of a core used while nothing happens, and the writes in that time. */
  readonly idleShare: number;
  readonly idleWrites: number;
  readonly rssMb: number;
}

const minuteMs = 60_000;
const settledAfterMs = 15_000;

/** Runs an operator in this process on a cluster in another, from its cold start on. */
export async function runScale(
  settings: ScaleSettings,
  {
    announcements,
    idleSeconds,
    longestSeconds,
  }: { announcements: number; idleSeconds: number; longestSeconds: number },
): Promise<ScaleRun> {
  const api = fork(new URL('./scale-api.ts', import.meta.url), [JSON.stringify(settings)]);
  const [{ url }] = (await once(api, 'message')) as [{ readonly url: string }];
  const ask = async (question: ScaleQuestion): Promise<ScaleCounts['writes']> => {
    api.send(question);
    const [{ writes }] = (await once(api, 'message')) as [ScaleCounts];
    return writes;
  };
  const connection = await connect({ server: url });
  const own = await connect({ server: url });
  const elections: string[] = [];
  const held = new HoldMeter();
  try {
    const now = Date.now();
    await announce(own, 'due', now + 1.5 * minuteMs, settings.namespaces - 1);
    const cpuBefore = process.cpuUsage();
    held.start();
    const operator = await startOperator({
      connection,
      clock: wallClock,
      settings: parseSettings({
        listen: { health: 'off', metrics: 'off' },
        leaderElection: { namespace: 'shop-0' },
        writesPerSecond: 100,
        caps: { replicasPerNamespace: 100_000 },
      }),
      log: electionLog(elections),
      metricSources: { prometheus: metricStore(settings) },
      forecastThreads: 1,
    });
    try {
      return await measure(operator, {
        own,
        ask,
        settings,
        announcements,
        idleSeconds,
        longestSeconds,
        cpuBefore,
        held,
        elections,
      });
    } finally {
      await operator.stop();
    }
  } finally {
    held.stop();
    connection.close();
    own.close();
    api.disconnect();
    await once(api, 'exit');
  }
}

async function measure(
  operator: Operator,
  run: {
    readonly own: Connection;
    readonly ask: (question: ScaleQuestion) => Promise<ScaleCounts['writes']>;
    readonly settings: ScaleSettings;
    readonly announcements: number;
    readonly idleSeconds: number;
    readonly longestSeconds: number;
    readonly cpuBefore: NodeJS.CpuUsage;
    readonly held: HoldMeter;
    readonly elections: readonly string[];
  },
): Promise<ScaleRun> {
  const { own, ask, settings, announcements, idleSeconds, longestSeconds, cpuBefore, held, elections } = run;
  const started = performance.now();
  await operator.whenLeading();
  const dueMs = await untilRaised(own, `shop-${settings.namespaces - 1}`, 4, longestSeconds * 1000);
  const { settledMs, writes } = await untilSettled(ask, {
    started,
    longestMs: longestSeconds * 1000,
    sales: settings.namespaces * settings.salesAhead,
  });
  const settledCpu = process.cpuUsage(cpuBefore);
  const raisedMs: number[] = [];
  for (let n = 0; n < announcements; n++) {
    const namespace = n % Math.max(1, settings.namespaces - 1);
    const before = await minimum(own, `shop-${namespace}`);
    const created = performance.now();
    await announce(own, `drop-${n}`, Date.now() + minuteMs, namespace, 1500);
    await untilRaised(own, `shop-${namespace}`, before, 60_000);
    raisedMs.push(performance.now() - created);
    await delay(1000);
  }
  await delay(5000);
  await ask('Reset');
  const idleBefore = process.cpuUsage();
  await delay(idleSeconds * 1000);
  const idle = process.cpuUsage(idleBefore);
  const idleWrites = Object.values(await ask('Count')).reduce((sum, count) => sum + count, 0);
  return {
    stallMs: held.longestMs,
    leasesLost: elections.filter(result => result === 'Lost').length,
    dueRaisedSeconds: dueMs / 1000,
    settledSeconds: settledMs / 1000,
    settledCpuSeconds: (settledCpu.user + settledCpu.system) / 1e6,
    firstWrites: writes,
    raisedMs: raisedMs.sort((a, b) => a - b),
    idleShare: (idle.user + idle.system) / 1e6 / idleSeconds,
    idleWrites,
    rssMb: process.memoryUsage.rss() / 1e6,
  };
}

/** Waits until every sale ahead has its plan and no write has come for some seconds; the time of the last one counts. */
async function untilSettled(
  ask: (question: ScaleQuestion) => Promise<ScaleCounts['writes']>,
  { started, longestMs, sales }: { readonly started: number; readonly longestMs: number; readonly sales: number },
): Promise<{ readonly settledMs: number; readonly writes: ScaleCounts['writes'] }> {
  let last = performance.now();
  let writes = await ask('Count');
  const isOpen = () => performance.now() - last < settledAfterMs || (writes['saleplans/status'] ?? 0) < sales;
  while (isOpen() && performance.now() - started < longestMs) {
    await delay(500);
    const now = await ask('Count');
    if (JSON.stringify(now) !== JSON.stringify(writes)) last = performance.now();
    writes = now;
  }
  return { settledMs: last - started, writes };
}

async function announce(own: Connection, name: string, start: number, namespace: number, peak = 600): Promise<void> {
  const spec = { entryPoints: ['service-0'], expectedPeakPercent: peak };
  await own.resource(flashSales).create(flashSale(name, start, start + 10 * minuteMs, spec, `shop-${namespace}`));
}

async function minimum(own: Connection, namespace: string): Promise<number> {
  const { spec } = (await own.resource(autoscalers).get({ name: 'service-0', namespace })) as {
    readonly spec?: { readonly minReplicas?: number };
  };
  return spec?.minReplicas ?? 0;
}

async function untilRaised(own: Connection, namespace: string, before: number, longestMs: number): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < longestMs) {
    if ((await minimum(own, namespace)) > before) return performance.now() - started;
    await delay(20);
  }
  return Number.POSITIVE_INFINITY;
}

function electionLog(elections: string[]): Log {
  const note = (message: string, facts?: object) => {
    if (message === 'election' && facts !== undefined && 'result' in facts) elections.push(String(facts.result));
    if (process.env.BENCH_LOG !== undefined) process.stderr.write(`${message} ${JSON.stringify(facts)}\n`);
  };
  return { debug: () => {}, info: note, warn: note, error: note };
}
