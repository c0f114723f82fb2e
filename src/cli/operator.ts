import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { Connection } from '../kube/connect.ts';
import type { Settings } from '../operator/settings/settings.ts';
import type { Operator } from '../operator/start-operator.ts';
import type { Log } from '../operator/telemetry/log.ts';
import type { RunningPage } from '../web/server/start-page.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { readOwnSchemas } from './own-schemas.ts';
import { wallClock } from './wall-clock.ts';

interface OperatorCommandOptions extends ClusterOptions {
  readonly settings?: string;
  readonly dryRun?: boolean;
  readonly identity?: string;
}

/**
 * Registers `headstart operator`: runs until SIGTERM or SIGINT, then finishes its work, releases the lease and exits 0.
 */
export function registerOperator(program: Command): void {
  addClusterOptions(program.command('operator'))
    .description('Run the operator: watch sales and targets, forecast, raise bounds in time, restore, report.')
    .option('--settings <file>', 'settings as YAML; without it every default, and no metric source')
    .option('--dry-run', 'plan and log as ever, and write nothing but the lease')
    .option('--identity <name>', "unlike every other replica's; without it POD_NAME, else host name and process id")
    .addHelpText('after', '\nExample:\n  headstart operator --settings settings.yaml --kubeconfig ~/.kube/config')
    .action((options: OperatorCommandOptions) => runOperator(options));
}

async function runOperator(options: OperatorCommandOptions): Promise<void> {
  // Imported here, so that other commands start without it.
  const { createLog } = await import('../operator/telemetry/log.ts');
  const { parseSettings, readSettings } = await import('../operator/settings/settings.ts');
  const { startOperator } = await import('../operator/start-operator.ts');
  const stated = options.settings === undefined ? parseSettings({}) : await readSettings(options.settings);
  const settings = options.dryRun === true ? { ...stated, dryRun: true } : stated;
  const log = createLog(settings.logLevel, line => process.stdout.write(line));
  const identity = options.identity ?? process.env.POD_NAME;
  const run = async (connection: Connection) => {
    const operator = await startOperator({
      connection,
      settings,
      clock: wallClock,
      log,
      ownSchemas: readOwnSchemas(),
      forecastThreads: Math.max(1, Math.min(mostForecastThreads, availableParallelism() - 1)),
      ...(identity === undefined ? {} : { identity }),
    });
    const page = await servePage({ operator, connection, settings, log });
    try {
      log.info('signal received', { signal: await Promise.race([untilSignal(), operator.ended]) });
    } finally {
      await page?.close();
      await stopWithin(operator, longestStopMs);
    }
  };
  await withCluster(options, run, detail => log.warn('API server does not answer', { detail }));
}

/** Serves the page where the settings have an address for it. @throws Error when it cannot be listened on */
async function servePage(given: {
  readonly operator: Operator;
  readonly connection: Connection;
  readonly settings: Settings;
  readonly log: Log;
}): Promise<RunningPage | undefined> {
  const { operator, connection, settings, log } = given;
  const address = settings.listen.page;
  if (address === 'off') return undefined;
  const { startPage } = await import('../web/server/start-page.ts');
  const page = await startPage({
    address,
    settings: settings.page,
    source: operator.sight,
    connection,
    clock: wallClock,
    onError: error => log.warn('page not answered', { error }),
  });
  log.info('page served', { url: page.url });
  return page;
}

/** Threads that make forecasts at most: each keeps models of some MB. */
const mostForecastThreads = 2;
/** Longest stop in ms, below the default grace period of a pod (30 s). */
const longestStopMs = 25_000;

function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
}

/** Stops the operator. @throws Error when its current work does not end within `ms`: the lease then expires */
async function stopWithin(operator: Operator, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the operator did not stop within ${ms / 1000} s`)), ms);
  });
  try {
    await Promise.race([operator.stop(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
