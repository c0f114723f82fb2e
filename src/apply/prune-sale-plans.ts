import { parseInstant } from '../api/instant.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import { salePlans } from '../kube/resources/resource-kind.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { write } from './write.ts';

/** Number and age of past SalePlans to keep in each namespace. */
export interface KeptSalePlans {
  readonly keep: number;
  readonly days: number;
}

/**
 * Selects the SalePlans of one namespace to delete: those of past occurrences beyond the newest `keep`, and those that
 * ended more than `days` ago. Keeps one that is not over, or that has been over for less than a day and is not yet
 * reviewed.
 */
export function planPruning(
  plans: readonly SalePlan[],
  { keep, days }: KeptSalePlans,
  now: number,
): readonly SalePlan[] {
  const past = plans.filter(plan => endOf(plan) <= now);
  const newestFirst = past.toSorted((a, b) => endOf(b) - endOf(a) || (a.metadata.name < b.metadata.name ? -1 : 1));
  return newestFirst.filter((plan, index) => {
    if (plan.status?.review === undefined && now < endOf(plan) + dayMs) return false;
    return index >= keep || now - endOf(plan) > days * dayMs;
  });
}

/** Deletes the SalePlans, each only if it is still the object that was observed. */
export async function pruneSalePlans(
  context: ApplyContext,
  plans: readonly SalePlan[],
): Promise<readonly AppliedWrite[]> {
  const resource = context.connection.resource(salePlans);
  const writes: AppliedWrite[] = [];
  for (const { metadata } of plans) {
    const { name, namespace, uid } = metadata;
    writes.push(
      await write(context, {
        kind: 'SalePlan',
        name,
        part: 'Object',
        message: 'deleted: older than what is kept',
        send: () =>
          resource.delete(
            { name, namespace },
            { signal: context.signal, ...(uid === undefined ? {} : { preconditions: { uid } }) },
          ),
      }),
    );
  }
  return writes;
}

const dayMs = 86_400_000;

function endOf({ spec, status }: SalePlan): number {
  return parseInstant(status?.plan?.endTime ?? spec.sale.spec.endTime);
}
