import type { SalePlan } from '../../api/sale-plan.ts';

/** Milliseconds before the raise from which the pods of a namespace are read: the cache is filled long before. */
const beforeMs = 3_600_000;

/** Whether a sale of the namespace runs at `now` (epoch ms), or its bounds are raised within an hour. */
export function isSaleNear(salePlans: readonly SalePlan[], now: number): boolean {
  return salePlans.some(({ status }) => {
    if (status?.plan === undefined || status.review !== undefined) return false;
    const { prescaleTime, endTime } = status.plan;
    return Date.parse(prescaleTime) - beforeMs <= now && now < Date.parse(endTime);
  });
}
