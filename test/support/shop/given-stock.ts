import type { FlashSale } from '../../../src/api/flash-sale.ts';
import { parseInstant } from '../../../src/api/instant.ts';
import { isMissing, type Missing } from '../../../src/api/missing.ts';
import type { StockObservation } from '../../../src/observe/metrics/stock-observation.ts';

/** Stock of each sale, minute by minute up to now, as far as it is settled; or why it cannot be read. */
export type GivenStock = Readonly<Record<string, readonly (number | null)[] | Missing>>;

/** What is read of the stock of the sales that run; samples from before the start do not count. */
export function stockOf(given: GivenStock, sales: readonly FlashSale[], now: number): readonly StockObservation[] {
  return sales.flatMap(({ metadata: { name }, spec }): readonly StockObservation[] => {
    const [samples, since] = [given[name], parseInstant(spec.startTime)];
    if (samples === undefined || spec.cancelled || now < since || now >= parseInstant(spec.endTime)) return [];
    if (isMissing(samples)) return [{ sale: name, since, samples }];
    const values = samples.slice(-Math.floor((now - since) / 60_000));
    const known = values.filter(value => value !== null);
    const last = values.findLastIndex(value => value !== null);
    const recent = { start: now - values.length * 60_000, stepSeconds: 60, values };
    const ageSeconds = (values.length - 1 - last) * 60;
    const read = { recent, historyKey: 'made up', ageSeconds, source: 'shop' };
    return [{ sale: name, since, ...(known.length === 0 ? {} : { highest: Math.max(...known) }), samples: read }];
  });
}
