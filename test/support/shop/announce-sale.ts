import type { Operator } from '../../../src/operator/start-operator.ts';
import { flashSale, type Shop, service } from './sandbox-shop.ts';

/** Gives a shop one target, `gateway`, and a leading operator that has seen the sale `sneaker-drop` announced for these times, epoch ms. */
export async function announceSale(shop: Shop, start: number, end: number): Promise<Operator> {
  await shop.create(...service('gateway'));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
  return operator;
}
