import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readOwnFacts } from '../../charts/facts/read-facts.ts';
import { ManifestChart, readFacts, Service, ShopApp, sizeEnvironment } from '../../charts/index.ts';
import { compareFolder } from '../../charts/write-manifests.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-app-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const same = { missing: [], changed: [], surplus: [] };
const bookshop = readFacts('test/support/shops/java-monolith.yaml');

describe('an app of one’s own', () => {
  test('has the manifests of the shop and a file for each chart that the team adds', () => {
    const outdir = path.join(root, 'own');
    const app = new ShopApp({ facts: bookshop, outdir });
    const extras = new Chart(app, 'extras', { namespace: 'bookshop', disableResourceNameHashes: true });
    new k8s.KubeConfigMap(extras, 'motd', { data: { text: 'read more' } });
    app.synth();
    expect(compareFolder(outdir, app.manifests())).toEqual(same);
    expect(parse(readFileSync(path.join(outdir, 'extras.k8s.yaml'), 'utf8'))).toMatchObject({
      kind: 'ConfigMap',
      metadata: { namespace: 'bookshop' },
    });
    expect(readFileSync(path.join(outdir, 'crds.yaml'), 'utf8')).toContain('kind: CustomResourceDefinition');
  });

  test('makes single concerns of the constructs', () => {
    const chart = new ManifestChart(new ShopApp({ facts: bookshop }), 'books', { namespace: 'bookshop' });
    const [live] = bookshop.environments;
    if (live === undefined) throw new Error('the bookshop has no environment');
    for (const service of sizeEnvironment(live, bookshop)) new Service(chart, service.facts.name, service);
    const kinds = chart.objects().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(kinds).toEqual(expect.arrayContaining(['Deployment books', 'ScalingTarget tips', 'NetworkPolicy covers']));
  });
});

test('cdk8s.yaml names an app that writes where the command of cdk8s says', () => {
  const { app, language } = parse(readFileSync('cdk8s.yaml', 'utf8'));
  expect(language).toBe('typescript');
  const [command = '', ...args] = String(app).split(' ');
  const outdir = path.join(root, 'conventional');
  execFileSync(command === 'node' ? process.execPath : command, args, {
    env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  expect(compareFolder(outdir, new ShopApp({ facts: readOwnFacts() }).manifests())).toEqual(same);
});

test('the package exports it', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(exports['./charts']).toBe('./dist/js/charts/index.js');
  expect(existsSync(exports['./charts'].replace('./dist/js/', '').replace('.js', '.ts'))).toBe(true);
});
