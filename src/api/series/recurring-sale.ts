import type { FlashSaleSpec } from '../flash-sale.ts';
import { formatInZone, parseInstant } from '../instant.ts';

/** The times of one sale of a series, epoch ms. */
export interface SaleWindow {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Milliseconds that each sale of a FlashSale lasts: the same for all its dates, however clocks are changed. */
export function lengthMs({ startTime, endTime }: Pick<FlashSaleSpec, 'startTime' | 'endTime'>): number {
  return parseInstant(endTime) - parseInstant(startTime);
}

/** Specs of single sales by the spec of their series: a sale that does not change stays the same object. */
const singles = new WeakMap<FlashSaleSpec, Map<string, FlashSaleSpec>>();

/** Returns the spec of one sale of a series, as if it were announced alone: with its own times, without a recurrence. */
export function specAt(spec: FlashSaleSpec, { start, end }: SaleWindow): FlashSaleSpec {
  const made = singles.get(spec) ?? new Map<string, FlashSaleSpec>();
  singles.set(spec, made);
  const known = made.get(`${start} ${end}`);
  if (known !== undefined) return known;
  const { recurrence: _, ...alone } = spec;
  const [startTime, endTime] = [formatInZone(start, spec.timeZone), formatInZone(end, spec.timeZone)];
  const single = { ...alone, startTime, endTime };
  made.set(`${start} ${end}`, single);
  return single;
}

/** Whether two specs announce the same series: the same first start, zone and rule. False for single sales. */
export function isSameSeries(one: FlashSaleSpec, other: FlashSaleSpec): boolean {
  return (
    one.recurrence !== undefined &&
    one.recurrence.rule === other.recurrence?.rule &&
    one.timeZone === other.timeZone &&
    parseInstant(one.startTime) === parseInstant(other.startTime)
  );
}

/** Whether a sale that starts at `start` (epoch ms) is on one of the spec's `exceptDates`, read in its zone. */
export function isSkipped({ recurrence, timeZone }: FlashSaleSpec, start: number): boolean {
  const dates = recurrence?.exceptDates ?? [];
  return dates.length > 0 && dates.includes(formatInZone(start, timeZone).slice(0, 'yyyy-mm-dd'.length));
}
