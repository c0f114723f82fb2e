import type { GivenSale } from '../../support/shop/given-sales.ts';
import { type Look, plainSales } from './look.ts';

/** Milliseconds for which a sale that vanished may be held. */
const graceMs = 600_000;

/**
 * The sales that may be held as they were last announced, until their end: those that vanished less than ten minutes
 * ago, and those that are refused as they are announced now.
 */
export function heldSales(look: Look): readonly GivenSale[] {
  const { given } = look.before;
  const announced = new Map((given.sales ?? []).map(sale => [sale.name, sale]));
  const plain = new Set(plainSales(look.before).map(({ name }) => name));
  const held = new Map<string, GivenSale>();
  for (let { now: since, previous } = look; previous !== undefined; { now: since, previous } = previous)
    for (const sale of plainSales(previous.before)) {
      if (plain.has(sale.name) || held.has(sale.name) || Date.parse(sale.endTime) <= look.now) continue;
      const current = announced.get(sale.name);
      const isCalledOff = current?.cancelled === true || current?.metadata?.deletionTimestamp !== undefined;
      const isLong = current === undefined && look.now >= since + graceMs;
      if (!isCalledOff && !isLong) held.set(sale.name, sale);
    }
  return [...held.values()];
}
