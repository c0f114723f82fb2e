import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatView, type ViewOptions } from '../../../src/cli/options/view-options.ts';
import { formatGlance } from '../../../src/cli/status/format-glance.ts';
import { glanceAtTarget, readGlance } from '../../../src/cli/status/glance.ts';
import { formatReadiness, readReadiness } from '../../../src/cli/status/readiness.ts';
import { statusView } from '../../../src/cli/status/status.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';
import { flashSale, minutes, openShop, type Shop, service, shopDemand } from '../../support/shop/sandbox-shop.ts';

/** A shop with a sale ahead, one that cannot get what it needs, one that is refused and one that is long over. */
const start = Date.parse('2026-11-27T12:00:00Z');
const namespace = 'marketplace';
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ start: start - minutes(5), demand: shopDemand([]) });
  await shop.create(...service('gateway'), ...service('search', { spec: { ceiling: 20, entryPoint: false } }));
  await shop.create(
    flashSale('drop', start + minutes(120), start + minutes(180), { timeZone: 'UTC' }),
    flashSale('huge', start + minutes(600), start + minutes(660), {
      entryPoints: ['search'],
      expectedPeakPercent: 9000,
    }),
    flashSale('lost', start + minutes(300), start + minutes(360), { entryPoints: ['nobody'] }),
    flashSale('past', start - minutes(4000), start - minutes(3900)),
    {
      ...flashSale('other', start + minutes(60), start + minutes(90)),
      metadata: { name: 'other', namespace: 'b', labels: { team: 'b' } },
    },
  );
  await shop.moveTo(start);
  const operator = await shop.operator();
  await operator.whenLeading();
  await operator.idle();
});
afterAll(() => shop.close());

const glance = (allNamespaces = false) => readGlance(shop.connection, allNamespaces ? {} : { namespace });
const shown = async (options: Partial<ViewOptions> & { readonly all?: boolean } = {}) => {
  const now = shop.clock.now();
  return formatView(
    statusView(await glance(options.allNamespaces), options, now),
    { output: 'table', ...options },
    now,
  );
};

describe('headstart readiness, as kubectl lists', () => {
  test('reads all namespaces, what a selector chooses, and prints names and YAML', async () => {
    const run = (...args: readonly string[]) => runHere('readiness', '--server', shop.connection.server, ...args);
    const all = await run('-A', '--utc');
    expect(all.stdout).toMatch(/^b\/other: \w+, 2026-11-27 13:00 UTC, /m);
    expect(all.stdout).toMatch(/^marketplace\/drop: NotDue, 2026-11-27 14:00 UTC, /m);
    expect(all.code).toBe(1);
    expect((await run('-A', '-l', 'team=b', '-o', 'name')).stdout).toBe('flashsale.headstart.dev/other\n');
    expect((await run('drop', '-n', namespace, '-o', 'yaml')).stdout).toMatch(
      /^- namespace: marketplace\n {2}name: drop\n {2}start: "2026-11-27T14:00:00Z"$/m,
    );
    expect(await run('drop', '-A')).toMatchObject({ code: 2 });
  });
});

describe('headstart status', () => {
  test('shows sales by start and targets by name, with when, how big and what stands in the way', async () => {
    const text = await shown();
    expect(text).toMatch(/^SALE +START +WHEN +PEAK +EXTRA +VERDICT +WHY$/m);
    expect(text).toMatch(/^drop +2026-11-27 14:00 +in 2 h +[\d.]+× +\d+ +NotDue$/m);
    expect(text).toMatch(/^lost +2026-11-27 17:00 +in 5 h +- +- +Refused +Entry point nobody is no ScalingTarget/m);
    expect(text).toMatch(/^huge +2026-11-27 22:00 +in 10 h +\d+× +\d+ +(NoGo|AtRisk) +search/m);
    expect(text).not.toMatch(/^past/m);
    expect(text.indexOf('drop')).toBeLessThan(text.indexOf('lost'));
    expect(text).toContain('Times are in UTC.\n');
    expect(text).toMatch(/^TARGET +MODE +BASELINE +BOUNDS +CEILING +READY +WHY$/m);
    expect(text).toMatch(/^gateway +Apply +4\.\.20 +4\.\.20 +240 +True$/m);
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(150);
  });

  test('shows more when it is asked: all sales, all namespaces, wide', async () => {
    expect(await shown({ all: true })).toMatch(/^past .* over for 2 d 17 h .* Done/m);
    expect(await shown({ allNamespaces: true })).toMatch(/^b +other +2026-11-27 13:00/m);
    expect(await shown({ output: 'wide' })).toMatch(/^SALE +START +WHEN +STATED +PEAK/m);
    expect(await shown({ output: 'wide' })).toMatch(/^gateway +Apply +4\.\.20 +4\.\.20 +240 +None +- +True$/m);
  });

  test('prints names, JSON and what a selector chooses', async () => {
    expect(await shown({ output: 'name' })).toMatch(
      /^flashsale\.headstart\.dev\/drop\n[\s\S]*scalingtarget\.headstart\.dev\/search\n$/,
    );
    const { sales } = JSON.parse(await shown({ output: 'json' }));
    expect(sales[0]).toMatchObject({
      name: 'drop',
      start: '2026-11-27T14:00:00Z',
      end: '2026-11-27T15:00:00Z',
      verdict: 'NotDue',
      why: '',
    });
    const chosen = await runHere(
      'status',
      '-A',
      '-l',
      'team=b',
      '--all',
      '--server',
      shop.connection.server,
      '-o',
      'name',
    );
    expect(chosen).toMatchObject({ code: 0, stdout: 'flashsale.headstart.dev/other\n' });
  });

  test('says so when there is nothing', async () => {
    const { stdout } = await runHere('status', '-n', 'empty', '--server', shop.connection.server);
    expect(stdout).toBe('No sale is announced.\n\nNo workload has a ScalingTarget.\n');
  });
});

test.each([
  [1, 'No sale is ahead; 1 is over: --all shows it.\n'],
  [3, 'No sale is ahead; 3 are over: --all shows them.\n'],
])('a status that leaves out %i sales that are over says so', (over, sentence) => {
  const form = { now: 0, allNamespaces: false, wide: false, utc: false, over };
  expect(formatGlance({ sales: [], targets: [] }, form)).toContain(sentence);
});

describe('headstart readiness', () => {
  test('says of each sale its verdict, and of each reason what to do', async () => {
    const text = formatReadiness(await readReadiness(shop.connection, { namespace, selection: { namespace } }), {
      now: shop.clock.now(),
      allNamespaces: false,
      utc: false,
    });
    expect(text).toMatch(/^drop: NotDue, 2026-11-27 14:00 UTC, in 2 h\n/);
    expect(text).toMatch(/^huge: (NoGo|AtRisk), .*\n(?: {2}.*\n)* {2}search: .*ceiling/m);
    expect(text).not.toContain('past');
  });

  test.each([
    ['drop', 0],
    ['huge', 1],
    ['lost', 1],
    ['nobody', 1],
  ])('of %s exits %i', async (sale, code) => {
    expect((await runHere('readiness', sale, '--server', shop.connection.server, '-n', namespace)).code).toBe(code);
  });
});

test('the wide table says what raising ordinary peaks saved, and what for', () => {
  const form = { now: 0, allNamespaces: false, wide: true, utc: false, over: 0 };
  const target = glanceAtTarget({
    ...scalingTarget({ ordinaryPeaks: true }),
    status: {
      ordinaryPeaks: {
        until: '2026-11-27T06:00:00Z',
        days: 7,
        replicaHours: '12',
        secondsShort: '60',
        secondsShortAlone: '900',
      },
    },
  });
  expect(formatGlance({ sales: [], targets: [target] }, form)).toMatch(/14 min for 12 replica-hours +Unjudged/);
});
