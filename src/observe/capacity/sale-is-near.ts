import type { SalePlan } from '../../api/sale-plan.ts';

/** Milliseconds before the raise from which the pods of a namespace are read: the cache is filled long before. */
const beforeMs = 3_600_000;

/** Whether a sale of the namespace runs at `now` (epoch ms), or its bounds are raised within an hour. */
export function isSaleNear(salePlans: readonly SalePlan[], now: number): boolean {
  return salePlans.some(
    record =>
      record.status?.plan !== undefined &&
      isOpen(record, now) &&
      Date.parse(record.status.plan.prescaleTime) - beforeMs <= now,
  );
}

/**
 * Whether the namespace has a sale that is recorded and not over at `now`, epoch ms. One counts as soon as its SalePlan
 * is there, before it has a plan: what is read then stands in the plan that a person sees first.
 */
export function isSaleKnown(salePlans: readonly SalePlan[], now: number): boolean {
  return salePlans.some(record => isOpen(record, now));
}

function isOpen({ spec: { sale }, status }: SalePlan, now: number): boolean {
  const end = status?.plan?.endTime ?? sale.occurrence?.endTime ?? sale.spec.endTime;
  return status?.review === undefined && now < Date.parse(end);
}
