import { execFileSync } from 'node:child_process';
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

/** Synthesizes with the windows that the command prints of a folder at an instant. */
function synthesizeAt(at: string) {
  const args = ['src/main.ts', 'freeze', 'windows', root, '-o', 'json', '--at', at];
  const file = path.join(mkdtempSync(path.join(root, 'windows-')), 'freezes.json');
  writeFileSync(file, execFileSync(process.execPath, args));
  return synthesize(facts, { image: 'headstart:0', definitions: [], freezes: readFreezes(file) });
}

describe('sync windows', () => {
  writeFileSync(
    path.join(root, 'sales.yaml'),
    [
      sale(
        'drop',
        'startTime: "2026-11-27T20:00:00+01:00", endTime: "2026-11-27T22:00:00+01:00", timeZone: Europe/Berlin',
      ),
      sale(
        'called-off',
        'startTime: "2026-11-28T20:00:00+01:00", endTime: "2026-11-28T22:00:00+01:00", timeZone: Europe/Berlin, cancelled: true',
      ),
      'kind: ConfigMap\napiVersion: v1\nmetadata: { name: some }\n',
    ].join('---\n'),
  );
  const project = (files: ReadonlyMap<string, string>) =>
    parse(files.get('delivery/argo-cd/appproject.marketplace.yaml') ?? '').spec;

  test('shut from an hour before each sale in Git until an hour after it, as headstart freeze windows says', () => {
    expect(project(synthesizeAt('2026-11-01T00:00:00Z')).syncWindows).toEqual([
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

  test('go once the sale is over, and with them the budget that keeps nodes', () => {
    const files = synthesizeAt('2026-11-28T00:00:00Z');
    expect(project(files)).not.toHaveProperty('syncWindows');
    const pool = parse(files.get('nodes/nodepool.marketplace.yaml') ?? '');
    expect(pool.spec.disruption.budgets).toEqual([{ nodes: '10%' }]);
  });

  test('are not left out for a file that has none of their shape', () => {
    const file = path.join(root, 'sales.yaml');
    expect(() => readFreezes(file)).toThrow('has no freeze windows: write it with headstart freeze windows');
  });

  test('let a sync by hand pass only where the others come by themselves', () => {
    const freeze = { sales: ['drop'], start: 0, end: 3_600_000 };
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
