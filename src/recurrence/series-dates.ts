import type { FlashSale, FlashSaleSpec } from '../api/flash-sale.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { RecurringTimes } from './expand-rule.ts';
import { type Dates, listDates } from './list-dates.ts';

/** The dates of one recurring sale near an instant. */
export interface SaleDates extends Dates {
  /** Name of the FlashSale. */
  readonly sale: string;
}

/** Days of history that a ScalingTarget reads unless it says otherwise. */
const usualHistoryDays = 28;

/** Lists the dates of the recurring ones among `sales` as far back as the longest history reads; none of single sales. */
export function seriesDates(
  sales: readonly Pick<FlashSale, 'metadata' | 'spec'>[],
  { now, targets }: { readonly now: number; readonly targets: readonly Pick<ScalingTarget, 'spec'>[] },
): readonly SaleDates[] {
  const historyDays = Math.max(usualHistoryDays, ...targets.map(({ spec }) => spec.demand.historyDays));
  return sales.flatMap(({ metadata, spec }) =>
    isRecurring(spec) ? [{ sale: metadata.name, ...listDates(spec, { now, historyDays }) }] : [],
  );
}

/** Whether a spec announces a series. */
export function isRecurring(spec: FlashSaleSpec): spec is FlashSaleSpec & RecurringTimes {
  return spec.recurrence !== undefined;
}
