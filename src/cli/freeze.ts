import { type Command, InvalidArgumentError, Option } from 'commander';
import { isInstant, parseInstant } from '../api/instant.ts';
import type { FreezeLengths } from '../api/series/deploy-freezes.ts';
import { isUnreachable } from '../kube/api-error.ts';
import { findFreezes, listFreezes, type NamespaceFreezes } from '../validate/find-freezes.ts';
import type { Finding } from '../validate/finding.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { readManifestFiles } from './files/read-manifests.ts';
import { formatLiveCheck } from './freezes/format-live-check.ts';
import { formatWindows, type WindowsForm, windowsForms } from './freezes/format-windows.ts';
import { isFrozen } from './freezes/is-frozen.ts';
import { type LiveFreezes, readLiveFreezes } from './freezes/live-freezes.ts';
import { readClusterTime } from './options/cluster-time.ts';
import { Misuse } from './options/misuse.ts';
import { ExitWith } from './output/exit-with.ts';
import { type FindingsForm, findingsForms, formatFindings } from './output/format-findings.ts';

const insideFreeze = 3;

interface FreezeOptions extends ClusterOptions, FreezeLengths {
  readonly at?: number;
}

/** Registers `headstart freeze`: whether anything may be deployed now, and the windows in which it may not. */
export function registerFreeze(program: Command): void {
  const freeze = program.command('freeze').description('Windows around sales in which nothing should be deployed.');
  addFreezeOptions(freeze.command('check'))
    .description(
      'Exit 3 inside a freeze window of a sale, 0 outside, 1 when a sale cannot be read or the cluster is unreachable, 2 on a wrong option. Asks the cluster, or the files of a folder.',
    )
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(findingsForms).default('table'))
    .action((folder: string | undefined, options: FreezeOptions & { readonly output: FindingsForm }) =>
      folder === undefined ? checkCluster(options) : checkFolder(folder, options),
    );
  addFreezeOptions(freeze.command('windows'))
    .description(
      'Print the freeze windows that are open or to come: for people, for programs, or as sync windows of an Argo CD project.',
    )
    .addOption(new Option('-o, --output <form>', 'how to show them').choices(windowsForms).default('table'))
    .addHelpText(
      'after',
      '\nExample:\n  headstart freeze windows sales -o argocd > windows.yaml\n  kubectl patch appproject marketplace -n argocd --type merge --patch-file windows.yaml',
    )
    .action(async (folder: string | undefined, options: FreezeOptions & { readonly output: WindowsForm }) => {
      const { namespaces, faults, now } = folder === undefined ? await ofCluster(options) : ofFolder(folder, options);
      process.stdout.write(formatWindows(namespaces, options.output, now));
      if (faults.length === 0) return;
      process.stderr.write(faults.map(fault => `headstart: ${fault}\n`).join(''));
      throw new ExitWith(1);
    });
}

function addFreezeOptions(command: Command): Command {
  return addClusterOptions(
    command.argument('[folder]', 'FlashSales, and ScalingPolicies whose freeze holds; without it the cluster is asked'),
  )
    .option('--at <time>', 'the instant to ask for, RFC 3339; default: now', parseTime)
    .option('--before-seconds <n>', 'in a folder: before a start, where no policy says so', parseSeconds, 3600)
    .option('--after-seconds <n>', 'in a folder: after an end, where no policy says so', parseSeconds, 3600);
}

function checkFolder(
  folder: string,
  { at = Date.now(), output, ...lengths }: FreezeOptions & { readonly output: FindingsForm },
): void {
  const { freezes, unreadable, objects } = findFreezes(readManifestFiles(folder), at, lengths);
  const found = { findings: [...unreadable, ...freezes], objects, codes: ['yaml', 'schema', 'freeze'] as const };
  process.stdout.write(formatFindings(found, output, `freeze check ${folder}`));
  if (freezes.length > 0) throw new ExitWith(insideFreeze);
  if (unreadable.length > 0) throw new ExitWith(1);
}

async function checkCluster(options: FreezeOptions & { readonly output: FindingsForm }): Promise<void> {
  const { output } = options;
  if (output !== 'table' && output !== 'json')
    throw new Misuse(`-o ${output} needs a folder, since an object in the cluster has no line: use table or json`);
  const live = await readCluster(options).catch(asFailure);
  process.stdout.write(formatLiveCheck(live, output, live.now));
  if (isFrozen(live, live.now)) throw new ExitWith(insideFreeze);
  if (live.unreadable.length > 0) throw new ExitWith(1);
}

/** Takes an unreachable cluster as any other failure: exit 3 means an open window here. */
function asFailure(error: unknown): never {
  throw isUnreachable(error) ? new Error(String(error), { cause: error }) : error;
}

interface Windows {
  readonly namespaces: readonly NamespaceFreezes[];
  /** Why a window may be missing, in sentences. */
  readonly faults: readonly string[];
  /** The instant that is asked for, epoch ms. */
  readonly now: number;
}

async function ofCluster(options: FreezeOptions): Promise<Windows> {
  const live = await readCluster(options);
  return { namespaces: [live], faults: live.unreadable, now: live.now };
}

/** Reads the windows of the namespace; the flag in its policy counts only for now, not for another instant. */
function readCluster(options: FreezeOptions): Promise<LiveFreezes & { readonly now: number }> {
  return withCluster(options, async (connection, namespace) => {
    const now = options.at ?? (await readClusterTime(connection));
    const live = await readLiveFreezes(connection, namespace, now);
    return { ...live, isNow: options.at === undefined, now };
  });
}

function ofFolder(folder: string, { at: now = Date.now(), beforeSeconds, afterSeconds }: FreezeOptions): Windows {
  const { namespaces, unreadable } = listFreezes(readManifestFiles(folder), now, { beforeSeconds, afterSeconds });
  return { namespaces, faults: unreadable.map(describeFinding), now };
}

function describeFinding({ file, line, column, object, message }: Finding): string {
  return `${file}:${line}:${column}: ${object === '' ? message : `${object}: ${message}`}`;
}

function parseTime(text: string): number {
  if (!isInstant(text)) throw new InvalidArgumentError('expected an instant, as 2026-11-27T20:00:00+01:00');
  return parseInstant(text);
}

function parseSeconds(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('expected whole seconds');
  return Number(text);
}
