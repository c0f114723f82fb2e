import { type Command, Option } from 'commander';
import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { flashSales } from '../../kube/resources/resource-kind.ts';
import { addClusterOptions, type ClusterOptions, withCluster } from '../cluster-options.ts';
import { readClusterTime } from '../options/cluster-time.ts';
import { parseName } from '../options/parse-name.ts';
import { ExitWith } from '../output/exit-with.ts';
import { describeWhen, localTime } from './format-glance.ts';
import { glanceAtSale, type SaleGlance } from './glance.ts';

interface ReadinessOptions extends ClusterOptions {
  readonly output: 'table' | 'json';
}

/** Registers `headstart readiness`: whether sales get what they need, as an exit code. */
export function registerReadiness(program: Command): void {
  addClusterOptions(program.command('readiness'))
    .description(
      'Say whether a sale gets what it needs, or all that are not over, and what to do where not. Exits 0 when every verdict is Go, NotDue or Done, 1 when one is not.',
    )
    .argument('[sale]', 'name of a FlashSale; without it all of the namespace', parseName)
    .addOption(new Option('-o, --output <form>', 'how to show it').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExample:\n  headstart readiness sneaker-drop -n marketplace')
    .action(async (sale: string | undefined, options: ReadinessOptions) => {
      const { found, now } = await withCluster(options, async (connection, namespace) => ({
        found: await readReadiness(connection, namespace, sale),
        now: await readClusterTime(connection),
      }));
      process.stdout.write(
        options.output === 'json' ? `${JSON.stringify(found, undefined, 2)}\n` : formatReadiness(found, now),
      );
      if (!found.every(isFine)) throw new ExitWith(1);
    });
}

const fine = ['Go', 'NotDue', 'Done'];

/** Whether nothing stands in the way of a sale, or it is over. */
export function isFine({ verdict }: Pick<SaleGlance, 'verdict'>): boolean {
  return fine.includes(verdict);
}

/** Reads one sale, or those of the namespace that are not over. @throws Error when there is no such sale */
export async function readReadiness(
  connection: Connection,
  namespace: string,
  sale: string | undefined,
): Promise<readonly SaleGlance[]> {
  const resource = connection.resource(flashSales);
  if (sale === undefined) {
    const all = (await resource.list({ namespace })).map(glanceAtSale);
    return all.filter(({ verdict }) => verdict !== 'Done').sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  }
  try {
    return [glanceAtSale(await resource.get({ name: sale, namespace }))];
  } catch (error) {
    if (!isApiError(error, 404)) throw error;
    throw new Error(`no FlashSale ${sale} is in namespace ${namespace}`, { cause: error });
  }
}

/** Formats each sale with its verdict, and a line for each reason and its mend. `now` is epoch ms. */
export function formatReadiness(sales: readonly SaleGlance[], now: number): string {
  if (sales.length === 0) return 'No sale is ahead.\n';
  return sales.map(sale => formatSale(sale, now)).join('');
}

function formatSale({ name, verdict, why, start, end, timeZone }: SaleGlance, now: number): string {
  const at = start === undefined ? '' : `, ${localTime(start, timeZone)} ${timeZone}`;
  const head = `${name}: ${verdict}${at}, ${describeWhen({ ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }, now)}\n`;
  const lines = why === '' ? [] : why.split(/(?<=\.) (?=[a-z0-9.-]+: )/);
  return `${head}${lines.map(line => `  ${line}\n`).join('')}`;
}
