import { type Command, Option } from 'commander';
import type { Restored } from '../operator/restore-all.ts';
import { addDryRun, type DryRun } from './changes/change-options.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from './cluster-options.ts';
import { durationBetween } from './go-duration.ts';
import { formatTable } from './output/format-table.ts';
import { wallClock } from './wall-clock.ts';

interface RestoreOptions extends ClusterOptions {
  readonly all?: boolean;
  readonly dryRun?: DryRun;
  /** Milliseconds. */
  readonly wait: number;
}

/** Registers `headstart restore --all`: sets every raised bound back to its baseline, without the operator. */
export function registerRestore(program: Command): void {
  addDryRun(addClusterOptions(program.command('restore')))
    .description(
      'Put every bound that Headstart has raised back to its baseline. Works without the operator: stop it first, or it raises again.',
    )
    .requiredOption('--all', 'yes, all of them: in the namespace of -n, or in every namespace')
    .addOption(
      new Option('--wait <duration>', 'how long to wait for HPAs that still need more than the baseline, as 10m')
        .argParser(durationBetween('0s', '1d'))
        .default(0, '0s'),
    )
    .addHelpText(
      'after',
      `
A maximum is lowered only once its HPA neither has nor wants more than the baseline: lowering it kills pods.
Exits 0 when everything is restored, 1 when something is not.

Example:
  headstart restore --all -n marketplace --wait 10m`,
    )
    .action((options: RestoreOptions) => restore(options));
}

async function restore(options: RestoreOptions): Promise<void> {
  const { restoreAll } = await import('../operator/restore-all.ts');
  const restored = await withCluster(options, connection =>
    restoreAll({
      connection,
      namespace: options.namespace,
      dryRun: options.dryRun === undefined ? false : options.dryRun === 'client' || 'server',
      waitMs: options.wait,
      clock: wallClock,
      tell: sentence => process.stderr.write(`headstart: ${sentence}\n`),
    }),
  );
  process.stdout.write(formatRestored(restored, options.dryRun));
  const left = restored.filter(({ isRestored }) => !isRestored);
  if (left.length > 0 && options.dryRun === undefined)
    throw new Error(`${left.length} of ${restored.length} are not restored yet`);
}

/** Formats what became of each target; of a dry run what would be written. */
function formatRestored(restored: readonly Restored[], dryRun: DryRun | undefined): string {
  if (restored.length === 0) return 'Nothing is raised.\n';
  if (dryRun === undefined)
    return formatTable([
      ['NAMESPACE', 'TARGET', 'RESTORED', 'WHAT'],
      ...restored.map(one => [one.namespace, one.name, one.isRestored ? 'yes' : 'no', one.message]),
    ]);
  const rows = restored.map(one => [one.namespace, one.name, one.message.replace(/^Written: /, 'would be written: ')]);
  return `${formatTable([['NAMESPACE', 'TARGET', `WHAT (${dryRun} dry run)`], ...rows])}`;
}
