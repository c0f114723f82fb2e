import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import {
  flashSales,
  type ResourceKind,
  salePlans,
  scalingPolicies,
  scalingTargets,
} from '../../../src/kube/resources/resource-kind.ts';
import { runHere } from '../../support/cli/run-here.ts';
import { announceSale } from '../../support/shop/announce-sale.ts';
import { minutes, openShop, type Shop, shopDemand, stored } from '../../support/shop/sandbox-shop.ts';

/** Every verb that changes an object, on a shop whose every field is kept in Git. */
const start = Date.parse('2026-11-27T19:00:00Z');
const end = start + minutes(20);
const namespace = 'marketplace';
const plan = 'sneaker-drop-20261127-1900';
const until = '2027-11-27T19:00:00Z';
const emergency = { action: 'Baseline', until, requestedBy: 'git', reason: 'kept in Git' };
const approval = { approvedBy: 'git', approvedAt: until, until, upTo: [{ target: 'gateway', maxReplicas: 5 }] };
let shop: Shop;

beforeAll(async () => {
  shop = await openShop({ start: start - minutes(10), demand: shopDemand([{ start, end, peak: 6 }]) });
  await (await announceSale(shop, start, end)).stop();
  const keep = (kind: ResourceKind, name: string, spec: object) =>
    shop.connection
      .resource(kind)
      .apply({ metadata: { name, namespace }, spec }, { fieldManager: 'argocd-controller', force: true });
  await keep(scalingPolicies, 'default', { paused: 'Up', emergency });
  await keep(scalingTargets, 'gateway', { paused: 'Up', mode: 'ForecastOnly', emergency });
  await keep(flashSales, 'sneaker-drop', { cancelled: false });
  await keep(salePlans, plan, { approval });
});
afterAll(() => shop.close());

const run = (...args: readonly string[]) => runHere(...args, '--server', shop.connection.server, '-n', namespace);
const all = () =>
  JSON.stringify(
    [
      [stored.policies, 'default'],
      [stored.targets, 'gateway'],
      [stored.sales, 'sneaker-drop'],
      [stored.plans, plan],
    ].map(([kind = '', name = '']) => shop.get(kind, name)),
  );

const changes = [
  [['pause'], 'ScalingPolicy marketplace/default: spec.paused', /paused: Both/, 'forced'],
  [['pause', 'gateway'], 'ScalingTarget marketplace/gateway: spec.paused', /paused: Both/, 'forced'],
  [['resume'], 'ScalingPolicy marketplace/default: spec.paused', /paused: None/, undefined],
  [['resume', 'gateway'], 'ScalingTarget marketplace/gateway: spec.paused', /paused: None/, undefined],
  [['cancel', 'sneaker-drop'], 'FlashSale marketplace/sneaker-drop: spec.cancelled', /cancelled: true/, 'forced'],
  [['promote', 'gateway', '--anyway'], 'ScalingTarget marketplace/gateway: spec.mode', /mode: Apply/, undefined],
  [
    ['emergency', 'ceiling', '--reason', 'x'],
    'ScalingPolicy marketplace/default: spec.emergency',
    /action: Ceiling/,
    'forced',
  ],
  [
    ['emergency', 'end', '--target', 'gateway'],
    'ScalingTarget marketplace/gateway: spec.emergency',
    /emergency: null/,
    'forced',
  ],
  [['approve', plan], `SalePlan marketplace/${plan}: spec.approval`, /maxReplicas: \d+/, undefined],
] as const;

describe('a field that Git keeps', () => {
  test.each(changes)(
    'is not changed by %j, which prints the change to make there',
    async (args, field, yaml, forced) => {
      const before = all();
      for (const dry of [[], ['--dry-run=client'], ['--dry-run=server']]) {
        const { code, stdout, stderr } = await run(...args, ...dry);
        expect(stderr).toContain(`${field} is kept in Git by Argo CD (argocd-controller), which would put it back.`);
        expect(stderr).toMatch(yaml);
        expect(stderr.includes('--force sets it here')).toBe(forced === 'forced');
        expect([code, stdout]).toEqual([1, '']);
      }
      expect(all()).toBe(before);
    },
  );

  test.each(changes.filter(([, , , forced]) => forced === 'forced'))(
    'is changed by %j --force, and by its dry runs not',
    async (args, field) => {
      const before = all();
      for (const where of ['client', 'server'])
        expect(await run(...args, '--force', `--dry-run=${where}`)).toMatchObject({
          code: 0,
          stdout: expect.stringContaining(`(${where} dry run)`),
          stderr: expect.stringContaining(field),
        });
      expect(all()).toBe(before);
    },
  );

  test('is not overwritten by boost, which announces a sale of its own', async () => {
    const before = all();
    const taken = await run('boost', '--percent', '300', '--for', '1h', '--name', 'sneaker-drop');
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('409') });
    expect(all()).toBe(before);
  });
});

/** Paths of the commands that have an option. */
const having = (long: string, command: Command, path: readonly string[] = []): readonly string[] => [
  ...(command.options.some(option => option.long === long) ? [path.join(' ')] : []),
  ...command.commands.flatMap(each => having(long, each, [...path, each.name()])),
];

test('every command that asks a cluster takes the options that choose it, and every change a dry run', () => {
  const program = createProgram();
  const asking = having('--server', program);
  expect(asking.length).toBeGreaterThan(20);
  for (const long of ['--kubeconfig', '--context', '--namespace', '--request-timeout', '--as', '--as-group'])
    expect(having(long, program).filter(path => path !== 'sales import')).toEqual(asking);
  expect(having('--dry-run', program)).toEqual([
    ...['operator', 'approve', 'promote', 'pause', 'resume', 'cancel', 'boost', 'emergency', 'restore'],
  ]);
});
