import type { GivenSale } from '../../support/shop/given-sales.ts';
import { changeSale, type Draft, editSale, minuteMs, nearMs } from '../world.ts';
import { writeInZone } from '../zoned-time.ts';

/** One of the sales, which is changed from the beginning. */
export function changeSaleOf(
  draft: Draft,
  alter: (sale: GivenSale, draft: Draft) => Readonly<Record<string, unknown>>,
): void {
  const { name } = anySale(draft);
  draft.given = changeSale(draft.given, name, sale => ({ ...sale, ...alter(sale, draft) }));
}

/** One of the sales, which is changed at an instant; nothing returned = it is gone. */
export function changeSaleAt(
  draft: Draft,
  what: string,
  when: When,
  alter: (sale: GivenSale) => GivenSale | undefined,
): string {
  const sale = anySale(draft);
  const at = instantIn(draft, sale, when);
  draft.changes.push({
    at,
    what: `${sale.name} ${what}`,
    change: state => editSale(state, sale.name, { at, alter }),
  });
  return sale.name;
}

export type When = 'before' | 'during' | 'any';

/** A sale that is lived through, where there is one; one that is months ahead is not. */
export function anySale({ random, given, evening }: Draft): GivenSale {
  const all = given.sales ?? [];
  const near = all.filter(sale => !isFar(sale, evening));
  return random.pick(near.length === 0 ? all : near);
}

/** Whether a sale starts after everything that is lived through: nothing happens then. */
export function isFar({ startTime }: Pick<GivenSale, 'startTime'>, evening: number): boolean {
  return Date.parse(startTime) - evening > nearMs;
}

/** An instant before or during a sale that is lived through, else the evening; epoch ms. */
export function instantIn({ random, evening }: Draft, sale: GivenSale, when: When): number {
  const [start, end] = [Date.parse(sale.startTime), Date.parse(sale.endTime)];
  if (!(start < end) || isFar(sale, evening)) return evening;
  const share = when === 'before' ? -random.next() : when === 'during' ? random.next() : random.next() * 2 - 1;
  return Math.round((start + share * (share < 0 ? 60 * minuteMs : end - start)) / 1000) * 1000;
}

export function movedBy(sale: GivenSale, startBy: number, endBy: number): GivenSale {
  const zone = typeof sale.timeZone === 'string' ? sale.timeZone : 'UTC';
  return {
    ...sale,
    startTime: writeInZone(Date.parse(sale.startTime) + startBy * minuteMs, zone),
    endTime: writeInZone(Date.parse(sale.endTime) + endBy * minuteMs, zone),
  };
}
