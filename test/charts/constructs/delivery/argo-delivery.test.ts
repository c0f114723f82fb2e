import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { readFreezes } from '../../../../charts/facts/read-freezes.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { terraformFiles } from '../../../../charts/terraform.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-sales-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const facts = readOwnFacts();
const sale = (name: string, spec: string) =>
  `apiVersion: headstart.dev/v1alpha1\nkind: FlashSale\nmetadata: { name: ${name}, namespace: marketplace }\nspec: { ${spec} }\n`;

describe('sync windows', () => {
  writeFileSync(
    path.join(root, 'sales.yaml'),
    [
      sale('drop', 'startTime: "2026-11-27T20:00:00+01:00", endTime: "2026-11-27T22:00:00+01:00"'),
      sale(
        'called-off',
        'startTime: "2026-11-28T20:00:00+01:00", endTime: "2026-11-28T22:00:00+01:00", cancelled: true',
      ),
      sale(
        'called-off-too',
        'startTime: 2026-11-29T20:00:00+01:00, endTime: 2026-11-29T22:00:00+01:00, cancelled: yes',
      ),
      'kind: ConfigMap\n',
    ].join('---\n'),
  );

  test('shut from an hour before each sale in Git until an hour after it', () => {
    const files = synthesize(facts, { image: 'headstart:0', definitions: [], freezes: readFreezes(root) });
    expect(parse(files.get('delivery/argo-cd/appproject.marketplace.yaml') ?? '').spec.syncWindows).toEqual([
      {
        kind: 'deny',
        schedule: '0 18 27 11 *',
        duration: '240m',
        timeZone: 'UTC',
        namespaces: ['marketplace'],
        manualSync: false,
      },
    ]);
  });

  test.each([
    [
      'startTime: "2026-11-27 20:00", endTime: "2026-11-27T22:00:00+01:00"',
      'FlashSale: spec.startTime: Invalid ISO datetime',
    ],
    [
      'startTime: "2026-11-27T20:00:00+01:00"',
      'FlashSale: spec.endTime: Invalid input: expected string, received undefined',
    ],
    ['startTime: [', 'Flow sequence in block collection'],
  ])('no sale loses its own for a mistake: %s', (spec, message) => {
    const folder = mkdtempSync(path.join(root, 'mistaken-'));
    writeFileSync(path.join(folder, 'sale.yaml'), sale('drop', spec));
    expect(() => readFreezes(folder)).toThrow(message);
    rmSync(folder, { recursive: true });
  });

  test('let a sync by hand pass only where the others come by themselves', () => {
    const freeze = { sale: 'drop', start: 0, end: 3_600_000 };
    const freezes = ['marketplace', 'marketplace-staging'].map(namespace => ({ ...freeze, namespace }));
    const files = synthesize(facts, { image: 'headstart:0', definitions: [], freezes });
    const { syncWindows } = parse(files.get('delivery/argo-cd/appproject.marketplace.yaml') ?? '').spec;
    expect(syncWindows.map((each: { manualSync: boolean }) => each.manualSync)).toEqual([false, true]);
  });
});

test('an Application leaves an HPA’s bounds, and nothing else, to whoever raised them, in sync and in diff', () => {
  const files = synthesize(facts, { image: 'headstart:0', definitions: [] });
  const { spec } = parse(files.get('delivery/argo-cd/application.marketplace-production.yaml') ?? '');
  expect(spec.ignoreDifferences).toEqual([
    {
      group: 'autoscaling',
      kind: 'HorizontalPodAutoscaler',
      jsonPointers: ['/spec/minReplicas', '/spec/maxReplicas'],
    },
  ]);
  expect(spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
});

test('Terraform is told the room that the quota promises', () => {
  const { locals } = JSON.parse(terraformFiles(facts).get('production.tf.json') ?? '{}');
  const files = synthesize(facts, { image: 'headstart:0', definitions: [] });
  const quota = parse(files.get('namespaces/production/resourcequota.peak.yaml') ?? '').spec.hard;
  expect(locals.production_node_room.pods).toBe(Number(quota.pods));
  expect(locals.production_node_room.cpu_cores).toBe(Math.ceil(Number.parseInt(quota['requests.cpu'], 10) / 1000));
});

test('one line of images.yaml is one file of one environment', () => {
  const images = {
    ...facts.images,
    staging: { ...facts.images.staging, cart: 'registry.example.com/marketplace/cart:9' },
  };
  const before = synthesize(facts, { image: 'headstart:0', definitions: [] });
  const after = synthesize({ ...facts, images }, { image: 'headstart:0', definitions: [] });
  const touched = [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
  expect(touched).toEqual(['staging/cart/deployment.cart.yaml']);
});
