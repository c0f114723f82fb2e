import { until } from '../support/kubernetes-client.ts';
import { type ConditionSeen, conditionOf } from '../support/kubernetes-object.ts';
import { type HeldShop, restBounds } from './held-shop.ts';

/** Waits until a condition of the sale `drop` is as `accept` wants it. @returns it */
export async function untilCondition(
  shop: HeldShop,
  type: string,
  accept: (seen: ConditionSeen) => boolean,
): Promise<ConditionSeen> {
  const read = async () => conditionOf(await shop.read('FlashSale', 'drop'), type);
  const seen = await until(`${type} of ${shop.namespace}`, 90_000, read, found => found !== undefined && accept(found));
  return seen ?? { type, status: 'Unknown' };
}

/** Waits until the restore has written the baseline's minimum, plays the HPA's part, and waits for the rest of it. */
export async function restored(shop: HeldShop): Promise<void> {
  await shop.untilBounds(bounds => bounds.startsWith('4..'), 'gateway', 120_000);
  await shop.scaleDown();
  await shop.untilBounds(bounds => bounds === restBounds);
}
