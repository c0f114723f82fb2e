import type { Command } from 'commander';
import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { flashSales } from '../../kube/resources/resource-kind.ts';
import { Misuse } from '../options/misuse.ts';
import { localTime, zoneOf } from '../options/one-zone.ts';
import { parseName } from '../options/parse-name.ts';
import { type Asked, addViewOptions, showView, type TableForm, type ViewOptions } from '../options/view-options.ts';
import { ExitWith } from '../output/exit-with.ts';
import { describeWhen } from './format-glance.ts';
import { glanceAtSale, type SaleGlance } from './glance.ts';

/** Registers `headstart readiness`: whether sales get what they need, as an exit code. */
export function registerReadiness(program: Command): void {
  addViewOptions(program.command('readiness'), { lists: true })
    .description(
      'Say whether a sale gets what it needs, or all that are not over, and what to do where not. Exits 0 when every verdict is Go, NotDue or Done, 1 when one is not.',
    )
    .argument('[sale]', 'name of a FlashSale; without it all of the namespace', parseName)
    .addHelpText('after', '\nExample:\n  headstart readiness sneaker-drop -n marketplace')
    .action(async (sale: string | undefined, options: ViewOptions) => {
      if (sale !== undefined && (options.allNamespaces === true || options.selector !== undefined))
        throw new Misuse('name one sale, or choose several with -A and -l');
      const { value } = await showView(options, async (connection, asked) => {
        const found = await readReadiness(connection, asked, sale);
        return {
          table: form => formatReadiness(found, form),
          value: found,
          objects: found.map(({ name }) => ({ kind: flashSales, name })),
        };
      });
      if (!value.every(isFine)) throw new ExitWith(1);
    });
}

const fine = ['Go', 'NotDue', 'Done'];

/** Whether nothing stands in the way of a sale, or it is over. */
export function isFine({ verdict }: Pick<SaleGlance, 'verdict'>): boolean {
  return fine.includes(verdict);
}

/** Reads one sale, or those that are chosen and not over. @throws Error when there is no such sale */
export async function readReadiness(
  connection: Connection,
  { namespace, selection }: Pick<Asked, 'namespace' | 'selection'>,
  sale?: string,
): Promise<readonly SaleGlance[]> {
  const resource = connection.resource(flashSales);
  if (sale === undefined) {
    const all = (await resource.list(selection)).map(glanceAtSale);
    return all.filter(({ verdict }) => verdict !== 'Done').sort((a, b) => (a.start ?? 0) - (b.start ?? 0));
  }
  try {
    return [glanceAtSale(await resource.get({ name: sale, namespace }))];
  } catch (error) {
    if (!isApiError(error, 404)) throw error;
    throw new Error(`no FlashSale ${sale} is in namespace ${namespace}`, { cause: error });
  }
}

/** Formats each sale with its verdict, and a line for each reason and its mend. */
export function formatReadiness(sales: readonly SaleGlance[], form: Omit<TableForm, 'wide'>): string {
  if (sales.length === 0) return 'No sale is ahead.\n';
  const timeZone = zoneOf(
    sales.map(one => one.timeZone),
    form.utc,
  );
  return sales.map(sale => formatSale(sale, { ...form, timeZone })).join('');
}

function formatSale(
  { namespace, name, verdict, why, ...times }: SaleGlance,
  { now, allNamespaces, timeZone }: Omit<TableForm, 'wide' | 'utc'> & { readonly timeZone: string },
): string {
  const at = times.start === undefined ? '' : `, ${localTime(times.start, timeZone)} ${timeZone}`;
  const place = allNamespaces ? `${namespace}/${name}` : name;
  const lines = why === '' ? [] : why.split(/(?<=\.) (?=[a-z0-9.-]+: )/);
  return `${place}: ${verdict}${at}, ${describeWhen(times, now)}\n${lines.map(line => `  ${line}\n`).join('')}`;
}
