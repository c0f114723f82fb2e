import { type Command, Option } from 'commander';
import { stringify } from 'yaml';
import { parseZone } from './files/history/history-options.ts';
import { flashSalesOfRows } from './files/sales/flash-sale-of-row.ts';
import { readSaleSheet } from './files/sales/read-sale-sheet.ts';

interface ImportOptions {
  readonly namespace?: string;
  readonly timeZone?: string;
  readonly dateOrder?: 'dmy' | 'mdy';
}

/** Registers `headstart sales import`: turns a sheet of sales into FlashSales. Reads no cluster and writes nothing. */
export function registerSales(program: Command): void {
  program
    .command('sales')
    .description('Work with the announced sales.')
    .command('import')
    .description('Turn a sheet of sales (CSV) into FlashSales in YAML, one for each row: no cluster is asked.')
    .argument(
      '<sheet>',
      'CSV with start and end (or date, from and to, or a duration), and name, peak, discount, audience, type where known',
    )
    .option('-n, --namespace <name>', 'namespace of the sales; default: left to kubectl apply -n')
    .option('--time-zone <zone>', 'zone of times without an offset, as Europe/Berlin; default: UTC', parseZone)
    .addOption(
      new Option('--date-order <order>', 'order of dates such as 5/6/2026; default: found by the dates').choices([
        'dmy',
        'mdy',
      ]),
    )
    .addHelpText(
      'after',
      '\nExample:\n  headstart sales import sales.csv --time-zone Europe/Berlin > sales.yaml\n  headstart validate sales.yaml',
    )
    .action((sheet: string, options: ImportOptions) => {
      const rows = readSaleSheet(sheet, options, note => process.stderr.write(`headstart: ${note}\n`));
      if (rows.length === 0) throw new Error(`${sheet} has no row with a sale`);
      const sales = flashSalesOfRows(rows, options.namespace);
      const texts = sales.map(sale => stringify(sale, { lineWidth: 0 }));
      process.stdout.write(texts.join('---\n'));
    });
}
