import type { SalePlan } from '../../api/sale-plan.ts';
import { isSameSeries, isSkipped } from '../../api/series/recurring-sale.ts';
import { acceptedAt, announcedWindow, statedSpec } from '../accepted-edits.ts';

/**
 * The SalePlans that stand as their FlashSale last announced them. The others are of times that it was moved away from:
 * while it is refused, they must not be taken for what it announces.
 *
 *   last announced        →  its SalePlans that stand
 *   a single sale            the newest
 *   a series                 all of the same start, zone and rule as the newest, without the dates that it skips
 *   either                   a date of a series that had begun when it was moved, until its end
 */
export function newestRecords(records: readonly SalePlan[], now: number): ReadonlySet<SalePlan> {
  const bySale = Map.groupBy(records, ({ spec }) => spec.sale.name);
  return new Set([...bySale.values()].flatMap(all => standing(all, now)));
}

/** The SalePlans of series that run at `now` (epoch ms) and were moved, if at all, after they had begun. */
export function begunRecords(ofSale: readonly SalePlan[], now: number): readonly SalePlan[] {
  return ofSale.filter(record => {
    const stated = statedSpec(record);
    if (stated.recurrence === undefined || !wasRaised(record)) return false;
    const { start, end } = announcedWindow(record);
    if (now < start || end <= now) return false;
    return !ofSale.some(other => {
      if (isSameSeries(statedSpec(other), stated)) return false;
      return acceptedAt(other) > acceptedAt(record) && acceptedAt(other) <= start;
    });
  });
}

function standing(ofSale: readonly SalePlan[], now: number): readonly SalePlan[] {
  const newest = ofSale.reduce((one, other) => (isNewer(other, one) ? other : one));
  const stated = statedSpec(newest);
  const isOut = (record: SalePlan) => isSkipped(stated, announcedWindow(record).start);
  const series = ofSale.filter(record => isSameSeries(statedSpec(record), stated));
  const announced = series.length === 0 ? [newest] : series;
  return [...announced, ...begunRecords(ofSale, now)].filter(record => !isOut(record));
}

function wasRaised({ status }: SalePlan): boolean {
  return (status?.timeline ?? []).some(({ points }) => points.length > 0);
}

function isNewer(one: SalePlan, other: SalePlan): boolean {
  return (
    acceptedAt(one) - acceptedAt(other) > 0 ||
    (acceptedAt(one) === acceptedAt(other) && one.metadata.name > other.metadata.name)
  );
}
