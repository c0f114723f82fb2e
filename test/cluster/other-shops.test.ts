import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFacts } from '../../charts/facts/read-facts.ts';
import { synthesize } from '../../charts/synthesize.ts';
import { writeManifests } from '../../charts/write-manifests.ts';
import { dialect as datadogDialect } from '../support/metric-stores/datadog-store.ts';
import { type StandIn, startStandIn } from '../support/metric-stores/metric-store.ts';
import { prometheusDialect } from '../support/metric-stores/prometheus-dialect.ts';
import { fortyServices } from '../support/shops/forty-services.ts';
import type { ChildProcess } from './control-plane/child-process.ts';
import { writeServiceAccountKubeconfig } from './control-plane/service-account-kubeconfig.ts';
import { hasThirdParty, type Marketplace, openMarketplace, readSynthesized } from './marketplace/open-marketplace.ts';
import { settingsOf } from './marketplace/operator-settings.ts';
import { boundsOf } from './sale/held-shop.ts';
import { operatorAccount } from './sale/install-operator.ts';
import { flashSale } from './sale/sale-manifests.ts';
import { startOperatorWith } from './sale/start-operator.ts';
import { applyAll, listRefusals, readLive } from './support/apply-manifests.ts';
import { until } from './support/kubernetes-client.ts';
import type { KubernetesObject } from './support/kubernetes-object.ts';

const options = { image: 'registry.example.com/headstart:1', definitions: [] };
const namespace = 'bookshop';
const regions = ['north', 'south', 'west'];
/** Requests per second that both stores answer to every question. */
const demand = 40;
/** Of the demand without a sale. */
const peakPercent = 1000;
const peak = (demand * peakPercent) / 100;
/** The floor of each target: the peak's share of its calls over what a replica serves. */
const floors = { books: peak / 20, covers: (peak * 0.4) / 60, tips: (peak * 0.2) / 15 };

let bookshop: Marketplace;
let grocer: string;

beforeAll(async () => {
  grocer = await mkdtemp(path.join(tmpdir(), 'headstart-grocer-'));
  writeManifests(grocer, synthesize(fortyServices(), options));
  const files = synthesize(readFacts('test/support/shops/java-monolith.yaml'), options);
  bookshop = await openMarketplace(async folder => void writeManifests(folder, files));
  const walls = ['argocd', 'flux-system'].map(
    name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }) as KubernetesObject,
  );
  await applyAll(bookshop.cluster.client, walls);
}, 300_000);

afterAll(async () => {
  await bookshop?.stop();
  await rm(grocer, { recursive: true, force: true });
});

describe(`two shops that are not ours, accepted with strict validation${hasThirdParty ? '' : ' (but those of other projects’ kinds: ../shared/third-party-crds is absent)'}`, () => {
  test('a Java monolith with Datadog, applied', async () => {
    const folders = ['cluster', 'nodes', 'install.yaml', 'monitoring', 'credentials', 'delivery', 'live'];
    expect(await refusals(folders.flatMap(bookshop.manifests))).toEqual([]);
  });

  test('forty services in three regions, as a dry run of each cluster', async () => {
    const clusters = regions.map(objectsOf);
    expect(clusters.map(objects => objects.length > 300)).toEqual([true, true, true]);
    const walls = clusters.flat().filter(({ kind }) => kind === 'Namespace');
    await applyAll(bookshop.cluster.client, walls);
    const told = await Promise.all(clusters.map(objects => refusals(objects, true)));
    expect(told.flat()).toEqual([]);
  });
});

describe.skipIf(Boolean(process.env.KUBECONFIG))('a sale of the Java monolith (left out with KUBECONFIG)', () => {
  const stores: StandIn[] = [];
  let operator: ChildProcess;

  beforeAll(async () => {
    const { client, folder } = bookshop.cluster;
    await applyAll(client, ['cluster', 'install.yaml', 'live'].flatMap(bookshop.manifests), { fieldManager: 'gitops' });
    const [prometheus, datadog] = [
      await startStandIn(prometheusDialect, () => demand),
      await startStandIn(datadogDialect, () => demand),
    ];
    stores.push(prometheus, datadog);
    const keyFile = path.join(folder, 'key');
    writeFileSync(keyFile, 'key\n');
    const kubeconfig = path.join(folder, 'operator.kubeconfig');
    await writeServiceAccountKubeconfig(bookshop.cluster, operatorAccount, kubeconfig);
    const settings = settingsOf(bookshop.manifests('install.yaml'), {
      prometheus: { url: prometheus.url },
      datadog: { url: datadog.url, apiKeyFile: keyFile, applicationKeyFile: keyFile },
    });
    operator = startOperatorWith({ folder, name: 'bookshop', kubeconfig, settings });
  });

  afterAll(async () => {
    await operator?.stop('SIGKILL');
    for (const store of stores) await store.close();
  });

  test('raises the monolith and both services that it calls, before its start, with the demand of Datadog', async () => {
    // Nearer than the monolith's lead time of 300 s, so that the raise is due at once.
    const start = Math.ceil(Date.now() / 1000 + 150) * 1000;
    const sale = { name: 'book-fair', start, end: start + 60_000, peakPercent };
    await applyAll(bookshop.cluster.client, [flashSale(sale, namespace, peakPercent)], {
      fieldManager: 'merchandiser',
    });
    await until('the raise', 60_000, minimums, found =>
      Object.entries(floors).every(([name, floor]) => (found[name] ?? 0) >= floor),
    );
    expect(Date.now()).toBeLessThan(start);
    expect(stores[1]?.asked.length).toBeGreaterThan(0);
    await until('the pods', 60_000, readyPods, ready =>
      Object.entries(floors).every(([name, floor]) => (ready[name] ?? 0) >= floor),
    );
  });

  async function minimums(): Promise<Readonly<Record<string, number>>> {
    const found = await Promise.all(
      Object.keys(floors).map(name => live('autoscaling/v2', 'HorizontalPodAutoscaler', name)),
    );
    return Object.fromEntries(found.map(each => [each.metadata.name, Number(boundsOf(each).split('..')[0])]));
  }

  async function readyPods(): Promise<Readonly<Record<string, number>>> {
    const found = await Promise.all(Object.keys(floors).map(name => live('apps/v1', 'Deployment', name)));
    return Object.fromEntries(found.map(({ metadata, status }) => [metadata.name, Number(status?.readyReplicas ?? 0)]));
  }

  function live(apiVersion: string, kind: string, name: string): Promise<KubernetesObject> {
    return readLive(bookshop.cluster.client, { apiVersion, kind, metadata: { name, namespace } });
  }
});

/** Everything of one region's cluster, its Namespace first. */
function objectsOf(region: string): readonly KubernetesObject[] {
  const folder = path.join(grocer, 'clusters', region);
  return ['cluster', 'nodes', 'install.yaml', 'monitoring', 'credentials', region].flatMap(name =>
    readSynthesized(folder, name),
  );
}

function refusals(objects: readonly KubernetesObject[], dryRun = false): Promise<readonly string[]> {
  return listRefusals(bookshop.cluster.client, objects, { fieldManager: 'gitops', dryRun });
}
