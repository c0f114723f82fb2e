import { afterEach, expect, test, vi } from 'vitest';
import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import { formatLiveCheck } from '../../../src/cli/freezes/format-live-check.ts';
import { isFrozen } from '../../../src/cli/freezes/is-frozen.ts';
import { readLiveFreezes } from '../../../src/cli/freezes/live-freezes.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { announceSale } from '../../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand } from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');
const namespace = 'marketplace';
const since = '2026-11-27T18:55:00Z';
const until = '2026-11-27T19:21:00Z';
const windows = [{ start: since, end: until, sales: ['sneaker-drop'] }];

let shop: Shop;
afterEach(() => shop.close());

async function openFreezing() {
  shop = await openShop({
    start: start - minutes(10),
    demand: shopDemand([{ start, end, peak: 6 }]),
    policy: { freeze: { beforeSeconds: 300, afterSeconds: 60 } },
  });
  return announceSale(shop, start, end);
}

const freeze = () => policy().status?.freeze;
const policy = () =>
  shop.get<KubeObject & { status?: { freeze?: unknown } }>('scalingpolicies.headstart.dev', 'default');

test('the flag is up from the first to the last second of a window, and gone with the freeze', async () => {
  await openFreezing();
  expect(freeze()).toEqual({ active: false, windows });
  await shop.moveTo(start - minutes(5) - 1000, 1000);
  expect(freeze()).toEqual({ active: false, windows });
  await shop.moveTo(start - minutes(5), 1000);
  expect(freeze()).toEqual({ active: true, since, until, windows });
  await shop.moveTo(end + 59_000);
  expect(freeze()).toEqual({ active: true, since, until, windows });
  await shop.moveTo(end + minutes(1), 1000);
  expect(freeze()).toEqual({ active: false, windows: [] });
  await shop.patch('scalingpolicies.headstart.dev', 'default', { spec: { freeze: null } });
  await shop.moveTo(end + minutes(2));
  expect(freeze()).toBeUndefined();
});

test('a sale that ends earlier or is cancelled moves the flag at once', async () => {
  await openFreezing();
  await shop.moveTo(start);
  await shop.patch('flashsales.headstart.dev', 'sneaker-drop', {
    spec: { endTime: new Date(end - minutes(10)).toISOString() },
  });
  await shop.moveTo(start + 15_000);
  expect(freeze()).toMatchObject({ active: true, until: '2026-11-27T19:11:00Z' });
  await shop.patch('flashsales.headstart.dev', 'sneaker-drop', { spec: { cancelled: true } });
  await shop.moveTo(start + 30_000);
  expect(freeze()).toEqual({ active: false, windows: [] });
});

test('the command tells a flag that a dead operator left from one that is in force', async () => {
  const operator = await openFreezing();
  const says = async (now: number) => {
    const live = await readLiveFreezes(shop.connection, namespace, now);
    return [isFrozen(live, now), formatLiveCheck(live, 'table', now)] as const;
  };
  await shop.moveTo(start);
  expect(await says(start)).toEqual([
    true,
    `marketplace: deployments are frozen until ${until}, for another 21 min, around sneaker-drop\n`,
  ]);
  await shop.kill(operator);

  await shop.patch('flashsales.headstart.dev', 'sneaker-drop', { spec: { cancelled: true } });
  const [held, why] = await says(start);
  expect(held).toBe(true);
  expect(why).toBe(
    `marketplace: no freeze window is open, and none is in view\nmarketplace: status.freeze still holds pod templates until ${until}, although no sale asks for it now: is the operator running? Until then the annotation headstart.dev/break-glass="${since} WHY" on a workload lets its template be changed\n`,
  );
  expect(await says(end + minutes(1))).toEqual([
    false,
    `marketplace: no freeze window is open, and none is in view\nmarketplace: status.freeze.active is still set although it ended at ${until}: the operator has not cleared it (is it running?); it holds nothing any more\n`,
  ]);
});

test('the commands ask the cluster for its windows', async () => {
  await openFreezing();
  const run = async (...args: readonly string[]) => {
    const written: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
    const where = ['--server', shop.connection.server, '-n', namespace];
    const code = await runProgram(['node', 'headstart', 'freeze', ...args, ...where]).finally(() => spy.mockRestore());
    return [code, written.join('')] as const;
  };
  const at = ['--at', '2026-11-27T19:00:00Z'];
  expect(await run('windows', ...at)).toEqual([
    0,
    expect.stringMatching(/^marketplace +2026-11-27T18:55:00Z +2026-11-27T19:21:00Z +yes +sneaker-drop$/m),
  ]);
  const [code, text] = await run('check', '-o', 'json', ...at);
  expect([code, JSON.parse(text)]).toEqual([
    3,
    expect.objectContaining({ namespace, frozen: true, until, says: [expect.stringContaining('around sneaker-drop')] }),
  ]);
  expect(await run('check', '--at', until)).toEqual([0, expect.stringContaining('no freeze window is open')]);
});
