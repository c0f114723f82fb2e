import { afterEach, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { promote } from '../../src/cli/promote.ts';
import { scalingTargets } from '../../src/kube/resources/resource-kind.ts';
import { openShop, type Shop, service, shopDemand } from '../support/shop/sandbox-shop.ts';

const namespace = 'marketplace';
const key = { name: 'gateway', namespace };
let shop: Shop;
afterEach(() => shop.close());

async function openWatching(condition?: { readonly status: string; readonly message: string }) {
  shop = await openShop({ start: Date.parse('2026-11-27T19:00:00Z'), demand: shopDemand([]) });
  await shop.create(...service('gateway'));
  const targets = shop.connection.resource(scalingTargets);
  await targets.merge(key, { spec: { mode: 'ForecastOnly' } }, {});
  if (condition === undefined) return;
  const told = {
    type: 'PromotionReady',
    reason: 'Justified',
    lastTransitionTime: '2026-11-27T19:00:00Z',
    ...condition,
  };
  await targets.merge(key, { status: { conditions: [told] } }, { sub: 'status' });
}

const modeOf = async () => parseScalingTarget(await shop.connection.resource(scalingTargets).get(key)).spec.mode;

test('a target whose forecasts justify it is promoted, with the figures', async () => {
  await openWatching({ status: 'True', message: '2 sales within P95.' });
  expect(await promote(shop.connection, key, { anyway: false, dryRun: 'server' })).toBe(
    'scalingtarget.headstart.dev/gateway promoted to mode Apply (server dry run)\n2 sales within P95.\n',
  );
  expect(await promote(shop.connection, key, { dryRun: 'client', output: 'yaml' })).toMatch(/^ {2}mode: Apply$/m);
  expect(await modeOf()).toBe('ForecastOnly');
  expect(await promote(shop.connection, key, { anyway: false })).toBe(
    'scalingtarget.headstart.dev/gateway promoted to mode Apply\n2 sales within P95.\n',
  );
  expect(await modeOf()).toBe('Apply');
  expect(await promote(shop.connection, key, { anyway: false })).toContain('already');
});

test.each([
  ['is not ready', { status: 'False', message: 'It has 1 sale.' }, 'It has 1 sale.'],
  ['is not judged', undefined, 'The operator has not judged it yet.'],
])('a target that %s is promoted only anyway', async (_, condition, why) => {
  await openWatching(condition);
  await expect(promote(shop.connection, key, { anyway: false })).rejects.toThrow(
    `ScalingTarget marketplace/gateway is not ready to be promoted. ${why} --anyway promotes it all the same.`,
  );
  expect(await modeOf()).toBe('ForecastOnly');
  await promote(shop.connection, key, { anyway: true });
  expect(await modeOf()).toBe('Apply');
});
