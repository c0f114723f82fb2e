import { type Command, InvalidArgumentError } from 'commander';
import { formatDuration } from '../../api/duration.ts';
import { parseFlashSale } from '../../api/flash-sale.ts';
import { apiVersion } from '../../api/group.ts';
import { formatInstant } from '../../api/instant.ts';
import type { Connection } from '../../kube/connect.ts';
import { flashSales } from '../../kube/resources/resource-kind.ts';
import { withCluster } from '../cluster-options.ts';
import { durationBetween } from '../go-duration.ts';
import { readClusterTime } from '../options/cluster-time.ts';
import { parseName } from '../options/parse-name.ts';
import { addChangeOptions, type ChangeOptions, formatWrite, managerOf } from './change-options.ts';

interface BoostOptions extends ChangeOptions {
  readonly percent: number;
  /** Milliseconds. */
  readonly for: number;
  readonly name?: string;
  readonly entryPoint?: readonly string[];
}

/** Registers `headstart boost`: announces a sale that begins now, for a crowd that nobody announced. */
export function registerBoost(program: Command): void {
  addChangeOptions(program.command('boost'))
    .description(
      'Make room for a crowd that is coming now: writes a FlashSale that begins at once, is forecast and restored like any other, and needs approval like any other.',
    )
    .requiredOption(
      '--percent <number>',
      'the highest demand, as a percentage of an ordinary minute: 300 is 3 times',
      parsePercent,
    )
    .requiredOption('--for <duration>', 'how long, as 45m or 2h', durationBetween('1m', '7d'))
    .option('--name <name>', 'name of the FlashSale; default: boost- and the time', parseName)
    .option('--entry-point <target...>', 'where the traffic enters; default: the targets marked entryPoint')
    .addHelpText('after', '\nExample:\n  headstart boost --percent 300 --for 1h -n marketplace')
    .action(async (options: BoostOptions) => {
      const text = await withCluster(options, async (connection, namespace) =>
        boost(connection, namespace, { ...options, now: await readClusterTime(connection) }),
      );
      process.stdout.write(text);
    });
}

/**
 * Creates a FlashSale from `now` (epoch ms) on, with the rights of the caller.
 *
 * @throws ApiError when the caller may not, or the name is taken
 */
export async function boost(
  connection: Connection,
  namespace: string,
  options: Omit<BoostOptions, keyof ChangeOptions> & Pick<BoostOptions, 'dryRun' | 'output'> & { readonly now: number },
): Promise<string> {
  const { percent, name, entryPoint, dryRun, output } = options;
  const start = Math.floor(options.now / 1000) * 1000;
  const startTime = formatInstant(start);
  const sale = {
    apiVersion,
    kind: 'FlashSale',
    metadata: { name: name ?? `boost-${startTime.replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 13)}`, namespace },
    spec: {
      startTime,
      endTime: formatInstant(start + options.for),
      expectedPeakPercent: percent,
      ...(entryPoint === undefined ? {} : { entryPoints: [...entryPoint] }),
    },
  };
  parseFlashSale(sale);
  const object =
    dryRun === 'client'
      ? sale
      : await connection
          .resource(flashSales)
          .create(sale, { dryRun: dryRun === 'server', fieldManager: managerOf('boost') });
  const line = formatWrite({ kind: flashSales, object, done: 'created' }, { output, dryRun });
  if (output !== undefined || dryRun !== undefined) return line;
  return `${line}It ends in ${formatDuration(options.for / 1000)}; headstart status -n ${namespace} shows how it rises, headstart cancel ${sale.metadata.name} -n ${namespace} ends it now.\n`;
}

function parsePercent(text: string): number {
  const percent = Number(text);
  if (!(Number.isInteger(percent) && percent > 100 && percent <= 100_000))
    throw new InvalidArgumentError('expected 101 to 100000; 300 is three times an ordinary minute.');
  return percent;
}
