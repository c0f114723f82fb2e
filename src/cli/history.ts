import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { formatDuration } from '../api/duration.ts';
import { addClusterOptions, type ClusterOptions } from './cluster-options.ts';
import { wallClock } from './wall-clock.ts';

interface HistoryCommandOptions extends ClusterOptions {
  readonly settings: string;
  readonly targets?: string;
  readonly source?: string;
  readonly days: number;
  readonly output: string;
}

/** Registers `headstart history`: downloads the histories that `plan` and `forecast` read. Writes to a folder only. */
export function registerHistory(program: Command): void {
  addClusterOptions(program.command('history'))
    .description(
      'Download the history of each target from its metric source into <target>.csv, for plan and forecast. Files that are there are continued.',
    )
    .requiredOption('--settings <file>', "the operator's settings, with the sources")
    .option('--targets <folder>', "YAML with the ScalingTargets; default: those of the cluster's namespace")
    .option('--source <name>', 'only the targets of this source')
    .option('--days <count>', 'how far back, 1 to 400', parseDays, 42)
    .requiredOption('-o, --output <folder>', 'where the files go')
    .addHelpText(
      'after',
      '\nExample:\n  headstart history --settings settings.yaml --targets targets --days 42 -o history',
    )
    .action((options: HistoryCommandOptions) => download(options));
}

async function download({ settings: file, output, days, ...options }: HistoryCommandOptions): Promise<void> {
  const { readSettings } = await import('../operator/settings/settings.ts');
  const { createMetricSource } = await import('../observe/metrics/create-metric-source.ts');
  const { downloadHistory } = await import('./sources/download-history.ts');
  const { readTargets } = await import('./sources/read-targets.ts');
  const settings = await readSettings(file);
  const sources = new Map(Object.entries(settings.sources).map(([name, one]) => [name, createMetricSource(one)]));
  const all = await readTargets(options.targets, options);
  const targets = all.filter(({ spec }) => options.source === undefined || spec.demand.source === options.source);
  if (targets.length === 0) throw new Error(`no target asks source ${options.source}`);
  mkdirSync(output, { recursive: true });
  for (const { metadata, spec } of targets) {
    const { name } = metadata;
    const source = sources.get(spec.demand.source);
    if (source === undefined)
      throw new Error(`${file} has no source ${spec.demand.source}, which target ${name} asks: add it`);
    const onProgress = showProgress(name);
    const place = path.join(output, `${name}.csv`);
    const { steps, isContinued } = await downloadHistory({
      source,
      demand: spec.demand,
      file: place,
      days,
      now: wallClock.now(),
      onProgress,
    });
    const span = formatDuration(steps * spec.demand.stepSeconds);
    process.stdout.write(`${place}: ${steps === 0 ? 'nothing new' : `${span} ${isContinued ? 'added' : 'written'}`}\n`);
  }
}

/** Shows on a terminal how much is done and how much time is left. */
function showProgress(name: string): (share: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  const began = wallClock.monotonicMs();
  return share => {
    const left = ((wallClock.monotonicMs() - began) / 1000) * (1 / share - 1);
    const text = share < 1 ? `${name} ${Math.round(100 * share)} %, ${formatDuration(left)} left` : '';
    process.stderr.write(`\r${text.padEnd(60)}\r`);
  };
}

function parseDays(text: string): number {
  const days = Number(text);
  if (!(Number.isInteger(days) && days >= 1 && days <= 400)) throw new InvalidArgumentError('expected 1 to 400.');
  return days;
}
