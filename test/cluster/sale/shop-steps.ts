import { until } from '../support/kubernetes-client.ts';
import { type ConditionSeen, conditionOf, type KubernetesObject } from '../support/kubernetes-object.ts';
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

/** The verdicts that the metrics at an address of loopback give for the sales of a namespace. */
export async function verdictsOf(namespace: string, address: string): Promise<readonly string[]> {
  const text = await (await fetch(`http://${address}/metrics`)).text();
  const lines = text.split('\n').filter(line => line.startsWith('headstart_sale_verdict{'));
  return lines
    .filter(line => line.includes(`namespace="${namespace}"`) && line.endsWith(' 1'))
    .map(line => /verdict="(\w+)"/.exec(line)?.[1] ?? line);
}

/** A LimitRange that admits no container above `cpu`. */
export function limitRange(namespace: string, cpu: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'small', namespace },
    spec: { limits: [{ type: 'Container', max: { cpu } }] },
  };
}
