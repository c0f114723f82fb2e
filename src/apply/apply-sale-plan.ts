import { flashSaleLabel } from '../api/group.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { write } from './write.ts';

/** The memory of one occurrence of a sale that is not there yet. */
export interface SalePlanDraft {
  readonly name: string;
  readonly namespace: string;
  /** The FlashSale as it is now, with its name and UID: it is kept when the FlashSale goes. */
  readonly sale: SalePlan['spec']['sale'];
}

/** Creates a SalePlan, without an owner: it outlives its FlashSale. One that is already there is as good. */
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

/** A label value has 63 characters at most; a longer name is cut, and `spec.sale.name` stays whole. */
function toLabelValue(name: string): string {
  return name.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}
