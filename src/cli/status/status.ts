import { type Command, Option } from 'commander';
import { group } from '../../api/group.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from '../cluster-options.ts';
import { readClusterTime } from '../options/cluster-time.ts';
import { writeYaml } from '../output/write-yaml.ts';
import { formatGlance } from './format-glance.ts';
import { type Glance, readGlance } from './glance.ts';
import { watchText } from './watch-text.ts';

interface StatusOptions extends ClusterOptions {
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly all?: boolean;
  readonly watch?: boolean;
  readonly utc?: boolean;
  readonly output: 'table' | 'wide' | 'json' | 'yaml' | 'name';
}

/** Milliseconds after its end for which a sale is shown. */
const shownMs = 86_400_000;

/** Registers `headstart status`: sales and targets at a glance. */
export function registerStatus(program: Command): void {
  addClusterOptions(program.command('status'))
    .description('Sales and targets at a glance: when, how big, what is raised, and what stands in the way.')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('-l, --selector <labels>', 'only objects with these labels, as team=shop')
    .option('--all', 'sales that were over a day ago, too')
    .option('-w, --watch', 'show it again whenever it changes, until Ctrl-C')
    .option('--utc', "times in UTC; default: the sales' own zone")
    .addOption(
      new Option('-o, --output <form>', 'how to show it')
        .choices(['table', 'wide', 'json', 'yaml', 'name'])
        .default('table'),
    )
    .addHelpText('after', '\nExamples:\n  headstart status -n marketplace\n  headstart status -A -o wide -w')
    .action((options: StatusOptions) => showStatus(options));
}

async function showStatus(options: StatusOptions): Promise<void> {
  await withCluster(options, async (connection, namespace) => {
    const selection = {
      ...(options.allNamespaces === true ? {} : { namespace }),
      labelSelector: options.selector,
    };
    const read = async () =>
      formatStatus(await readGlance(connection, selection), options, await readClusterTime(connection));
    if (options.watch !== true) {
      process.stdout.write(await read());
      return;
    }
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    await watchText(read, text => process.stdout.write(text), stop.signal);
  });
}

/** Formats a glance at `now` (epoch ms), without the sales that were over a day ago unless all are asked for. */
export function formatStatus(
  { sales, targets }: Glance,
  options: Pick<StatusOptions, 'allNamespaces' | 'all' | 'utc' | 'output'>,
  now: number,
): string {
  const shown = options.all === true ? sales : sales.filter(({ end = now }) => end > now - shownMs);
  switch (options.output) {
    case 'json':
      return `${JSON.stringify({ sales: shown, targets }, undefined, 2)}\n`;
    case 'yaml':
      return writeYaml({ sales: shown, targets });
    case 'name':
      return [
        ...shown.map(({ name }) => `flashsale.${group}/${name}\n`),
        ...targets.map(({ name }) => `scalingtarget.${group}/${name}\n`),
      ].join('');
    default:
      return formatGlance(
        { sales: shown, targets },
        {
          now,
          allNamespaces: options.allNamespaces ?? false,
          wide: options.output === 'wide',
          utc: options.utc ?? false,
          over: sales.length - shown.length,
        },
      );
  }
}
