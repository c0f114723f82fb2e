import type { SalePlan } from '../../api/sale-plan.ts';

/** Milliseconds before the raise from which the pods of a namespace are read: the cache is filled long before. */
const beforeMs = 3_600_000;

/** Whether a sale of the namespace runs at `now` (epoch ms), or its bounds are raised within an hour. */
export function isSaleNear(salePlans: readonly SalePlan[], now: number): boolean {
  return openPlans(salePlans, now).some(({ prescaleTime }) => Date.parse(prescaleTime) - beforeMs <= now);
}

/** Whether the namespace has a sale that is planned and not over at `now`, epoch ms. */
export function isSaleKnown(salePlans: readonly SalePlan[], now: number): boolean {
  return openPlans(salePlans, now).length > 0;
}

function openPlans(salePlans: readonly SalePlan[], now: number) {
  return salePlans.flatMap(({ status }) => {
    const isOpen = status?.plan !== undefined && status.review === undefined && now < Date.parse(status.plan.endTime);
    return isOpen && status.plan !== undefined ? [status.plan] : [];
  });
}
