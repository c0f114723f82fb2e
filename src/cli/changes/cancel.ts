import type { Command } from 'commander';
import { parseFlashSale } from '../../api/flash-sale.ts';
import type { Connection } from '../../kube/connect.ts';
import { flashSales } from '../../kube/resources/resource-kind.ts';
import { withCluster } from '../cluster-options.ts';
import { parseName } from '../options/parse-name.ts';
import { addChangeOptions, type ChangeOptions, formatWrite, managerOf, withSpec } from './change-options.ts';
import { refuseGitOwned } from './git-owner.ts';

interface CancelOptions extends ChangeOptions {
  readonly force?: boolean;
}

/** Registers `headstart cancel SALE`: ends a sale now; its bounds go back. */
export function registerCancel(program: Command): void {
  addChangeOptions(program.command('cancel'))
    .description(
      'End a sale now, or call it off before it begins: spec.cancelled of the FlashSale. Its capacity goes back at the pace of the policy.',
    )
    .argument('<sale>', 'name of a FlashSale', parseName)
    .option('--force', 'also where Argo CD or Flux keeps the field in Git')
    .addHelpText(
      'after',
      '\nTo call off one date of a recurring sale, add it to spec.recurrence.exceptDates.\n\nExample:\n  headstart cancel sneaker-drop -n marketplace',
    )
    .action(async (name: string, options: CancelOptions) => {
      const text = await withCluster(options, (connection, namespace) =>
        cancel(connection, { name, namespace }, options),
      );
      process.stdout.write(text);
    });
}

/**
 * Sets `spec.cancelled` of a FlashSale, with the rights of the caller.
 *
 * @throws Error when Git keeps the field and it is not forced; ApiError when there is no such sale or the caller may not
 */
export async function cancel(
  connection: Connection,
  ref: { readonly name: string; readonly namespace: string },
  { force = false, dryRun, output }: Pick<CancelOptions, 'force' | 'dryRun' | 'output'>,
): Promise<string> {
  const sales = connection.resource(flashSales);
  const live = await sales.get(ref);
  const { spec } = parseFlashSale(live);
  if (spec.cancelled) return formatWrite({ kind: flashSales, object: live, done: 'cancelled already' }, { output });
  const change = { what: `FlashSale ${ref.namespace}/${ref.name}`, path: ['spec', 'cancelled'], value: true };
  const told = refuseGitOwned(live, change, { force, canForce: true });
  if (told !== undefined) process.stderr.write(`headstart: ${told}`);
  const patch = { spec: { cancelled: true } };
  const object =
    dryRun === 'client'
      ? withSpec(live, patch.spec)
      : await sales.merge(ref, patch, { dryRun: dryRun === 'server', fieldManager: managerOf('cancel') });
  return formatWrite({ kind: flashSales, object, done: 'cancelled' }, { output, dryRun });
}
