import type { GivenSale } from '../../support/shop/given-sales.ts';
import { sameTimeAfter } from '../zoned-time.ts';
import { type Oracle, plainSales } from './look.ts';

/** Days between two dates of a rule. */
const dayCounts = new Map([
  ['FREQ=WEEKLY', 7],
  ['FREQ=DAILY;COUNT=6', 1],
]);

/** Invariant 16: the windows of sales are right in UTC, whatever the clocks of their zones did in between. */
export const keepsTimes: Oracle = ({ before, plan, now }) =>
  plainSales(before).flatMap(sale => {
    const dates = datesOf(sale);
    const planned = plan.sales.filter(one => one.sale === sale.name && one.announced !== undefined);
    const lengthMs = Date.parse(sale.endTime) - Date.parse(sale.startTime);
    // A date of a series that runs keeps the end that was announced before it began.
    const wrong = planned.filter(
      ({ start, end }) => !dates.includes(start) || (sale.recurrence === undefined && end !== start + lengthMs),
    );
    const next = dates.find(start => now < start + lengthMs && start < now + 34 * 86_400_000);
    return [
      ...wrong.map(({ start }) => `16: ${sale.name} is planned at ${new Date(start).toISOString()}`),
      ...(next === undefined || planned.some(({ start }) => start === next)
        ? []
        : [`16: ${sale.name} at ${new Date(next).toISOString()} is not planned`]),
    ];
  });

function datesOf({ startTime, timeZone, recurrence }: GivenSale): readonly number[] {
  const first = Date.parse(startTime);
  const { rule, exceptDates = [] } = (recurrence ?? {}) as { rule?: string; exceptDates?: readonly string[] };
  const days = rule === undefined ? undefined : dayCounts.get(rule);
  if (days === undefined) return [first];
  const count = days === 1 ? 6 : 60;
  const zone = typeof timeZone === 'string' ? timeZone : 'UTC';
  const skipped = new Set(exceptDates);
  return Array.from({ length: count }, (_, nth) => sameTimeAfter(first, nth * days, zone)).filter((_, nth) => {
    const day = new Date(Date.parse(`${startTime.slice(0, 10)}T00:00:00Z`) + nth * days * 86_400_000)
      .toISOString()
      .slice(0, 10);
    return !skipped.has(day);
  });
}
