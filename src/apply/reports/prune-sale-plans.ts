import { parseInstant } from '../../api/instant.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { plannedTimes } from '../../api/series/planned-times.ts';
import { salePlans } from '../../kube/resources/resource-kind.ts';
import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { write } from '../write.ts';

/** Number and age of past SalePlans to keep of each sale. */
export interface KeptSalePlans {
  readonly keep: number;
  readonly days: number;
  /** Names of FlashSales and SalePlans that a sale names in `similarTo`. @default none */
  readonly named?: ReadonlySet<string>;
}

/** SalePlans with the most extra replicas that are kept of each sale, however old. */
const largestKept = 3;

/**
 * Selects the SalePlans of one namespace to delete: those of past occurrences beyond the newest `keep` of their sale, and
 * those that ended more than `days` ago. Keeps the three largest of each sale and those that are named, so that a daily
 * deal never erases last Black Friday; and one that is not over, or that has been over for less than a day and is not
 * yet reviewed.
 */
export function planPruning(plans: readonly SalePlan[], kept: KeptSalePlans, now: number): readonly SalePlan[] {
  const past = plans.filter(plan => endOf(plan) <= now);
  return [...Map.groupBy(past, ({ spec }) => spec.sale.name).values()].flatMap(ofSale => pruneSale(ofSale, kept, now));
}

function pruneSale(past: readonly SalePlan[], { keep, days, named }: KeptSalePlans, now: number): readonly SalePlan[] {
  const newestFirst = past.toSorted((a, b) => endOf(b) - endOf(a) || (a.metadata.name < b.metadata.name ? -1 : 1));
  const largestFirst = newestFirst.filter(plan => sizeOf(plan) > 0).toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const largest = new Set(largestFirst.slice(0, largestKept));
  return newestFirst.filter((plan, index) => {
    if (largest.has(plan) || named?.has(plan.spec.sale.name) || named?.has(plan.metadata.name)) return false;
    if (plan.status?.review === undefined && now < endOf(plan) + dayMs) return false;
    return index >= keep || now - endOf(plan) > days * dayMs;
  });
}

/** Replicas added at the highest point. */
function sizeOf({ status }: SalePlan): number {
  return status?.plan?.extraReplicas ?? 0;
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

function endOf(plan: SalePlan): number {
  return parseInstant(plan.status?.plan?.endTime ?? plannedTimes(plan).endTime);
}
