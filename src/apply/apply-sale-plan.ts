import { flashSaleLabel } from '../api/group.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { write } from './write.ts';

/** SalePlan to create for one occurrence of a sale. */
export interface SalePlanDraft {
  readonly name: string;
  readonly namespace: string;
  /** FlashSale as it is now, with its name and UID; it is kept after the FlashSale is deleted. */
  readonly sale: SalePlan['spec']['sale'];
}

/** Creates a SalePlan without an owner, so that it outlives its FlashSale. An existing one counts as success. */
export async function createSalePlan(
  context: ApplyContext,
  { name, namespace, sale }: SalePlanDraft,
): Promise<AppliedWrite> {
  const created = await write(context, {
    kind: 'SalePlan',
    name,
    part: 'Object',
    message: `plan of ${sale.name} created`,
    send: () =>
      context.connection
        .resource(salePlans)
        .create(
          { metadata: { name, namespace, labels: { [flashSaleLabel]: toLabelValue(sale.name) } }, spec: { sale } },
          { signal: context.signal },
        ),
  });
  return created.outcome === 'Conflict' ? { ...created, outcome: 'Unchanged' } : created;
}

/** Cuts a name to the 63 characters of a label value; `spec.sale.name` keeps it whole. */
function toLabelValue(name: string): string {
  return name.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}
