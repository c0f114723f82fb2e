import type { Command } from 'commander';
import { flashSales, scalingTargets } from '../../kube/resources/resource-kind.ts';
import { addViewOptions, showView, type View, type ViewOptions } from '../options/view-options.ts';
import { formatGlance } from './format-glance.ts';
import { type Glance, readGlance } from './glance.ts';

interface StatusOptions extends ViewOptions {
  readonly all?: boolean;
}

/** Milliseconds after its end for which a sale is shown. */
const shownMs = 86_400_000;

/** Registers `headstart status`: sales and targets at a glance. */
export function registerStatus(program: Command): void {
  addViewOptions(program.command('status'), { lists: true })
    .description('Sales and targets at a glance: when, how big, what is raised, and what stands in the way.')
    .option('--all', 'sales that were over a day ago, too')
    .addHelpText('after', '\nExamples:\n  headstart status -n marketplace\n  headstart status -A -o wide -w')
    .action(async (options: StatusOptions) => {
      await showView(options, async (connection, { selection, now }) =>
        statusView(await readGlance(connection, selection), options, now),
      );
    });
}

/** Makes a view of a glance at `now` (epoch ms), without the sales that were over a day ago unless all are asked for. */
export function statusView({ sales, targets }: Glance, { all = false }: Pick<StatusOptions, 'all'>, now: number): View {
  const shown = all ? sales : sales.filter(({ end = now }) => end > now - shownMs);
  return {
    table: form => formatGlance({ sales: shown, targets }, { ...form, over: sales.length - shown.length }),
    value: { sales: shown, targets },
    objects: [
      ...shown.map(({ name }) => ({ kind: flashSales, name })),
      ...targets.map(({ name }) => ({ kind: scalingTargets, name })),
    ],
  };
}
