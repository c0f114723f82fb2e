import type { SalePlan } from '../sale-plan.ts';

/** Returns the times that a SalePlan was made for: of a recurring sale, those of its date. */
export function plannedTimes({ spec: { sale } }: SalePlan): { readonly startTime: string; readonly endTime: string } {
  return sale.occurrence ?? sale.spec;
}
