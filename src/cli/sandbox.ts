import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { packagePath } from '../package-path.ts';
import { renderChart } from '../report/render-chart.ts';
import { renderReport } from '../report/render-report.ts';
import { saleForecastChart } from '../report/sale-charts.ts';
import { keepRunning, type RunningSandbox } from '../sandbox/run/keep-running.ts';
import { learnPastSales } from '../sandbox/run/learn-past-sales.ts';
import { learnedTargets } from '../sandbox/run/learned-targets.ts';
import { formatKubeconfig, formatOwnSale, formatWelcome } from '../sandbox/run/playground-files.ts';
import { runSchedule } from '../sandbox/run/run-schedule.ts';
import { runWithHeadstart, type SandboxFault } from '../sandbox/run/sandbox-operator.ts';
import { makeSaleReport, type SandboxRuns } from '../sandbox/run/sandbox-report.ts';
import { runHpaAlone } from '../sandbox/run/sandbox-run.ts';
import { readSandboxScenario } from '../sandbox/run/sandbox-scenario.ts';
import { createNarrator, formatResult, type Narrator } from '../sandbox/run/sandbox-text.ts';
import { Misuse } from './options/misuse.ts';
import { wallClock } from './wall-clock.ts';

interface SandboxOptions {
  readonly seed: number;
  readonly fault?: SandboxFault;
  readonly json?: boolean;
  readonly picture?: string;
  readonly keep?: boolean;
  readonly speed?: number;
}

/**
 * Registers `headstart sandbox`: a flash sale on an embedded cluster, with the HPAs alone, with a schedule and with the real operator.
 */
export function registerSandbox(program: Command): void {
  program
    .command('sandbox')
    .description(
      'A flash sale on an embedded cluster, three times on the same traffic: with HPAs alone, with a schedule of the stated multiple, and with Headstart.',
    )
    .addOption(new Option('--seed <number>', 'another marketplace, crowd and luck').default(1).argParser(parseSeed))
    .addOption(
      new Option('--fault <fault>', 'break something on purpose: no forecast, or no lead time').choices([
        'no-forecast',
        'late',
      ]),
    )
    .option('--json', 'print the outcome of the runs as JSON, and nothing else')
    .option('--picture <file>', 'also draw forecast against actual as an SVG of its own')
    .option('--keep', 'leave the cluster up after the sale, for kubectl and headstart, until Ctrl-C')
    .option('--speed <times>', 'with --keep: how fast its time runs, 1 to 1000; default: 1', parseSpeed)
    .addHelpText('after', '\nExamples:\n  headstart sandbox --seed 7\n  headstart sandbox --keep --speed 60')
    .action(async (options: SandboxOptions) => {
      if (options.keep === true && options.json === true) throw new Misuse('--keep goes without --json');
      if (options.keep !== true && options.speed !== undefined) throw new Misuse('--speed goes with --keep');
      const write = (text: string) => void process.stdout.write(text);
      const folder = await makeFolder();
      const tell = async (runs: SandboxRuns) => {
        const report = makeSaleReport(runs);
        const page = await writePage(folder, renderReport(report));
        if (options.picture !== undefined)
          await writeFile(options.picture, `${renderChart(saleForecastChart(report))}\n`);
        write(options.json ? `${JSON.stringify(toJson(runs, page), null, 2)}\n` : formatResult(runs, page));
      };
      const keep = async (sandbox: RunningSandbox, runs: SandboxRuns) => {
        await tell(runs);
        await keepUp(sandbox, runs, { folder, speed: options.speed ?? 1, write });
      };
      const runs = await liveThrice(
        options,
        createNarrator(options.json ? () => {} : write),
        options.keep ? keep : undefined,
      );
      if (options.keep !== true) await tell(runs);
      if (runs.own.unrestored.length > 0) throw new Error(`bounds are not restored: ${runs.own.unrestored.join('; ')}`);
    });
}

type WhileUp = (sandbox: RunningSandbox, runs: SandboxRuns) => Promise<void>;

/** Runs the same sale on the same traffic three times. */
async function liveThrice(
  { seed, fault }: SandboxOptions,
  narrator: Narrator,
  whileUp: WhileUp | undefined,
): Promise<SandboxRuns> {
  const setup = readSandboxScenario(seed);
  narrator.begin(setup);
  const alone = await runHpaAlone(setup, moment => narrator.tell(setup, moment));
  narrator.beginSchedule(setup);
  const schedule = await runSchedule(setup, moment => narrator.tell(setup, moment));
  const learned = fault === 'late' ? setup : await learnPastSales(setup);
  narrator.tellLearned(learned);
  narrator.beginWithHeadstart(setup, fault);
  const own = await runWithHeadstart(learned, fault, moment => narrator.tell(setup, moment), {
    whileUp: whileUp && ((sandbox, run) => whileUp(sandbox, { setup: learned, own: run, alone, schedule, fault })),
  });
  return { setup: learned, own, alone, schedule, fault };
}

/** Writes what kubectl needs, tells it, and lets the sandbox's time go on until Ctrl-C. */
async function keepUp(
  sandbox: RunningSandbox,
  { setup: { sale } }: SandboxRuns,
  { folder, speed, write }: { readonly folder: string; readonly speed: number; readonly write: (text: string) => void },
): Promise<void> {
  const [kubeconfig, ownSale] = [path.join(folder, 'kubeconfig'), path.join(folder, 'my-sale.yaml')];
  const now = sandbox.clock.now();
  await writeFile(kubeconfig, formatKubeconfig(sandbox.url));
  await writeFile(ownSale, formatOwnSale(now));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());
  const { startPage } = await import('../web/server/start-page.ts');
  const page = await startPage({
    address: '127.0.0.1:0',
    settings: {},
    source: sandbox.operator.sight,
    connection: sandbox.connection,
    clock: wallClock,
  });
  write(
    formatWelcome({
      kubeconfig,
      page: page.url,
      ownSale,
      sale: sale.metadata.name,
      now,
      timeZone: sale.spec.timeZone,
      speed,
    }),
  );
  try {
    await keepRunning(sandbox, { wall: wallClock, speed, signal: stop.signal });
  } finally {
    await page.close();
  }
}

/** Makes a folder of this run's own beside the built files of this copy of Headstart, or else a temporary one. */
async function makeFolder(): Promise<string> {
  const place = packagePath('dist', 'sandbox');
  return mkdir(place, { recursive: true })
    .then(() => mkdtemp(path.join(place, 'run-')))
    .catch(() => mkdtemp(path.join(tmpdir(), 'headstart-sandbox-')));
}

async function writePage(folder: string, html: string): Promise<string> {
  const page = path.join(folder, 'report.html');
  await writeFile(page, html);
  return page;
}

function toJson({ setup, own, alone, schedule, fault }: SandboxRuns, page: string): object {
  return {
    seed: setup.scenario.seed,
    ...(fault === undefined ? {} : { fault }),
    withHeadstart: own.outcome,
    hpaAlone: alone.outcome,
    schedule: schedule.outcome,
    restored: own.unrestored.length === 0,
    learned: learnedTargets(setup),
    page,
  };
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!(speed >= 1 && speed <= 1000)) throw new InvalidArgumentError('must be a number from 1 to 1000.');
  return speed;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 2 ** 31) {
    throw new InvalidArgumentError(`must be a whole number from 0 to ${2 ** 31}.`);
  }
  return seed;
}
