import type { Command } from 'commander';
import { addClusterOptions, type ClusterOptions } from './cluster-options.ts';
import { ExitWith } from './output/exit-with.ts';
import { formatTable } from './output/format-table.ts';
import { wallClock } from './wall-clock.ts';

interface CheckOptions extends ClusterOptions {
  readonly settings: string;
  readonly targets?: string;
}

/** Registers `headstart sources check`: tries every metric source and the query of every target. Writes nothing. */
export function registerSources(program: Command): void {
  const sources = program.command('sources').description("Work with the metric sources of the operator's settings.");
  addClusterOptions(sources.command('check'))
    .description(
      'Ask each metric source for the history of each target, and say what was found, or what is wrong and what to do. Exits 1 when something is wrong.',
    )
    .requiredOption('--settings <file>', "the operator's settings, with the sources")
    .option('--targets <folder>', "YAML with the ScalingTargets; default: those of the cluster's namespace")
    .addHelpText('after', '\nExample:\n  headstart sources check --settings settings.yaml --targets targets')
    .action(async (options: CheckOptions) => {
      const { readSettings } = await import('../operator/settings/settings.ts');
      const { checkSources } = await import('./sources/check-sources.ts');
      const { readTargets } = await import('./sources/read-targets.ts');
      const settings = await readSettings(options.settings);
      const targets = await readTargets(options.targets, options);
      const checks = await checkSources({
        settings,
        targets,
        now: wallClock.now(),
        onAsk: what => process.stderr.write(`${what} …\n`),
      });
      const rows = checks.map(({ source, target = '', isFine, message }) => [
        source,
        target,
        isFine ? 'yes' : 'no',
        message,
      ]);
      process.stdout.write(formatTable([['SOURCE', 'TARGET', 'FINE', 'FOUND'], ...rows]));
      if (checks.some(({ isFine }) => !isFine)) throw new ExitWith(1);
    });
}
