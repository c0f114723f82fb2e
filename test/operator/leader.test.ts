import { afterEach, expect, test } from 'vitest';
import { flashSale, minutes, openShop, type Shop, service, shopDemand, stored } from '../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:05:00Z');

let shop: Shop;
afterEach(() => shop.close());

/** A leader that is cut off with its writes under way, and another that raises and restores instead of it. */
async function deposeDuring(sent: (url: string) => boolean) {
  shop = await openShop({ start: start - minutes(3), demand: shopDemand([{ start, end, peak: 6 }]) });
  await shop.create(...service('gateway'), ...service('search', { hpa: false }));
  const network = Promise.withResolvers<void>();
  const answers: { readonly url: string; readonly status: number }[] = [];
  const deposed = await shop.operator();
  let held = 0;
  shop.proxyOf(deposed).rule(({ method, url }) => {
    if (method === 'GET' || !sent(url)) return 'Pass';
    held += 1;
    return { holdUntil: network.promise, onAnswer: status => answers.push({ url, status }) };
  });
  await deposed.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  const raising = shop.moveTo(start - minutes(1)).catch(() => {});
  await expect.poll(() => held, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  await shop.kill(deposed);
  await raising;
  await (await shop.operator()).whenLeading();
  return { answers, held: () => held, deliver: () => network.resolve() };
}

test.each<[string, (url: string) => boolean]>([
  ['of bounds and replicas', url => url.includes('/horizontalpodautoscalers/') || url.includes('/scale')],
  ['of finalizers', url => /\/scalingtargets\/[^/]+(\?|$)/.test(url)],
])('late writes %s of a deposed leader change nothing that the new one has written', async (_, sent) => {
  const { answers, held, deliver } = await deposeDuring(sent);
  await shop.moveTo(end + minutes(6));
  const seen = () => ({
    hpa: shop.get(stored.hpas, 'gateway'),
    deployment: shop.get(stored.deployments, 'search'),
    targets: ['gateway', 'search'].map(name => shop.get(stored.targets, name)),
  });
  const restored = seen();
  expect(restored.hpa).toMatchObject({ spec: { minReplicas: 4, maxReplicas: 20 } });
  deliver();
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(held());
  expect(answers.map(({ status }) => status).filter(status => status !== 409)).toEqual([]);
  expect(seen()).toEqual(restored);
});
