import { afterAll, beforeAll, expect, test } from 'vitest';
import { boost } from '../../../src/cli/changes/boost.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { minutes, openShop, type Shop, service, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ start, demand: shopDemand([]) });
  await shop.create(...service('gateway'));
});
afterAll(() => shop.close());

test('headstart boost announces a sale that begins now, which the operator raises at once', async () => {
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.moveTo(start + minutes(1));
  const before = shop.bounds.at(-1)?.minReplicas ?? 0;
  const asked = { percent: 400, for: minutes(60), now: shop.clock.now() + 17 };
  expect(await boost(shop.connection, 'marketplace', asked)).toBe(
    'flashsale.headstart.dev/boost-20261127-1901 created\nIt ends in 1 h; headstart status -n marketplace shows how it rises, headstart cancel boost-20261127-1901 -n marketplace ends it now.\n',
  );
  expect(shop.get(stored.sales, 'boost-20261127-1901')).toMatchObject({
    spec: { startTime: '2026-11-27T19:01:00Z', endTime: '2026-11-27T20:01:00Z', expectedPeakPercent: 400 },
  });
  await operator.idle();
  expect(shop.bounds.at(-1)?.minReplicas).toBeGreaterThan(2 * before);
  await expect(boost(shop.connection, 'marketplace', asked)).rejects.toThrow('409');
});

test.each([
  [['--percent', '100', '--for', '1h'], /expected 101 to 100000; 300 is three times an ordinary minute/],
  [['--percent', '300', '--for', '30s'], /expected 1m to 7d/],
  [['--percent', '300', '--for', 'soon'], /expected a duration/],
  [['--percent', '300'], /required option '--for <duration>'/],
])('headstart boost %j is misuse', async (args, message) => {
  const { code, stderr } = await runHere('boost', ...args, '--server', shop.connection.server);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test('headstart boost --dry-run=client -o yaml prints the FlashSale to commit', async () => {
  const args = ['--percent', '300', '--for', '90m', '--entry-point', 'gateway', '--name', 'tv-spot'];
  const place = ['--server', shop.connection.server, '-n', 'marketplace'];
  const { stdout } = await runHere('boost', ...args, ...place, '--dry-run=client', '-o', 'yaml');
  expect(stdout).toMatch(/^kind: FlashSale$/m);
  expect(stdout).toMatch(/^ {2}name: tv-spot$/m);
  expect(stdout).toMatch(/^ {4}- gateway$/m);
  expect(shop.find(stored.sales, 'tv-spot')).toBeUndefined();
});
