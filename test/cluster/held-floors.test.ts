import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StandIn, startStandIn } from '../support/shop/metric-store.ts';
import { prometheusDialect } from '../support/shop/prometheus-dialect.ts';
import type { ChildProcess } from './control-plane/child-process.ts';
import { type ControlPlane, startControlPlane } from './control-plane/start-control-plane.ts';
import { type HeldShop, openHeldShop, restBounds } from './sale/held-shop.ts';
import { installOperator, operatorAccount } from './sale/install-operator.ts';
import { leadTimeSeconds } from './sale/sale-manifests.ts';
import { operatorUser } from './sale/sale-stage.ts';
import { runHeadstart, startOperatorWith } from './sale/start-operator.ts';
import { until } from './support/kubernetes-client.ts';
import { conditionOf, type KubernetesObject } from './support/kubernetes-object.ts';
import { readAnswers, readSpecWrites } from './support/read-audit-log.ts';
import { refuseAutoscalers } from './support/refusing-webhook.ts';

/**
 * What was raised is put back, whatever people change meanwhile, on a real API server: each shop in its own namespace,
 * one operator with two replicas for all of them, demand from a stand-in of Prometheus that never changes. The HPAs
 * have no metrics, so they keep their replicas within the bounds and nothing else.
 */
const suite = describe.skipIf(Boolean(process.env.KUBECONFIG));

suite('a floor on a real API server (left out with KUBECONFIG: it needs our own control plane)', () => {
  let cluster: ControlPlane;
  let store: StandIn;
  let kubeconfig: string;
  let operators: ChildProcess[] = [];
  const shops = new Map<string, HeldShop>();

  const launch = (name: string) =>
    startOperatorWith({
      folder: cluster.folder,
      name,
      kubeconfig,
      settings: {
        sources: { prometheus: { type: 'prometheus', url: store.url } },
        leaderElection: { namespace: operatorAccount.namespace },
        listen: { health: 'off', metrics: 'off' },
      },
    });

  beforeAll(async () => {
    cluster = await startControlPlane();
    kubeconfig = await installOperator(cluster);
    store = await startStandIn(prometheusDialect, () => 200);
    const names = [
      'repointed',
      'rescaled',
      'copied',
      'co-owned',
      'recreated',
      'let-go',
      'zero',
      'throttled',
      'rolling',
    ];
    for (const name of names) shops.set(name, await openHeldShop(cluster.client, name));
    operators = ['first', 'second'].map(launch);
    const early = names.filter(name => !['throttled', 'rolling'].includes(name)).map(shopOf);
    for (const shop of early) await shop.announce(55);
    for (const shop of early) await shop.untilBounds(isRaised);
  });
  afterAll(async () => {
    for (const operator of operators) await operator.stop('SIGKILL');
    await store?.close();
    await cluster?.stop();
  });

  test('whose target is pointed at another workload is put back there and raised here', async () => {
    const shop = shopOf('repointed');
    await shop.patch('ScalingTarget', 'gateway', { spec: { workloadRef: { name: 'other' } } });
    await shop.untilBounds(bounds => bounds.startsWith('4..'));
    await shop.untilBounds(isRaised, 'other');
    await finish(shop, ['gateway', 'other']);
  });

  test('whose HPA is pointed at another workload is put back all the same', async () => {
    const shop = shopOf('rescaled');
    await shop.patch('HorizontalPodAutoscaler', 'gateway', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'away' } },
    });
    await shop.untilBounds(bounds => bounds.startsWith('4..'));
    await finish(shop, ['gateway']);
  });

  test('that is copied with its annotations is told, and headstart restore --all puts the copy back', async () => {
    const shop = shopOf('copied');
    const { metadata, spec, ...rest } = await shop.read('HorizontalPodAutoscaler');
    const copy = { name: 'copy', namespace: shop.namespace, annotations: metadata.annotations ?? {} };
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'away' };
    await shop.create({
      apiVersion: rest.apiVersion,
      kind: rest.kind,
      metadata: copy,
      spec: { ...spec, scaleTargetRef },
    });
    await until(
      'the copy is told',
      90_000,
      async () => (await listOf(cluster, `/api/v1/namespaces/${shop.namespace}/events`)).filter(isUnrecorded),
      events => events.length === 1,
    );
    await finish(shop, ['gateway']);
    const { code } = await runHeadstart(cluster.folder, cluster.kubeconfig, ['restore', '--all', '-n', shop.namespace]);
    expect(code).toBe(0);
    expect(await shop.bounds('copy')).toBe(restBounds);
  });

  test('whose annotations another manager owns, too, is put back with few writes', async () => {
    const shop = shopOf('co-owned');
    const { apiVersion, kind, metadata, spec } = await shop.read('HorizontalPodAutoscaler');
    const exported = { name: 'gateway', namespace: shop.namespace, annotations: metadata.annotations ?? {} };
    await shop.create({ apiVersion, kind, metadata: exported, spec: spec ?? {} });
    const before = writesOf(shop).length;
    await finish(shop, ['gateway']);
    expect(writesOf(shop).length - before).toBeLessThanOrEqual(4);
  });

  test('whose HPA is deleted and created anew in the sale gets the plan’s floor at once', async () => {
    const shop = shopOf('recreated');
    const floor = await shop.bounds();
    const { apiVersion, kind, metadata, spec } = await shop.read('HorizontalPodAutoscaler');
    await shop.delete('HorizontalPodAutoscaler', 'gateway');
    const { name, namespace } = { name: metadata.name, namespace: shop.namespace };
    await shop.create({
      apiVersion,
      kind,
      metadata: { name, namespace },
      spec: { ...spec, minReplicas: 4, maxReplicas: 40 },
    });
    await shop.untilBounds(bounds => bounds.split('..')[0] === floor.split('..')[0]);
    await finish(shop, ['gateway']);
  });

  test('of a paused target that is deleted stays and says so, until a person lets it go', async () => {
    const shop = shopOf('let-go');
    await shop.patch('ScalingTarget', 'gateway', { spec: { paused: 'Both' } });
    await shop.delete('FlashSale', 'drop');
    await shop.delete('ScalingTarget', 'gateway');
    await until(
      'the deletion is told to wait',
      60_000,
      () => shop.read('ScalingTarget'),
      target => conditionOf(target, 'Stalled')?.reason === 'DeletionPaused',
    );
    const raised = await shop.bounds();
    expect(isRaised(raised)).toBe(true);
    await shop.patch('ScalingTarget', 'gateway', { metadata: { annotations: { 'headstart.dev/let-go': 'true' } } });
    await until(
      'the target is gone',
      60_000,
      () => exists(shop.read('ScalingTarget')),
      there => !there,
    );
    expect(await shop.bounds()).toBe(raised);
  });

  test('cannot meet minReplicas: 0, which this API server refuses unless a feature gate is on', async () => {
    const zero = shopOf('throttled').patch('HorizontalPodAutoscaler', 'gateway', { spec: { minReplicas: 0 } });
    await expect(zero).rejects.toThrow(/422.*minReplicas/);
  });

  test('is raised once an API server that answered 429 takes writes again, and is asked no sooner than it said', async () => {
    const shop = shopOf('throttled');
    const webhook = await refuseAutoscalers(cluster.client, certificate(), {
      namespace: shop.namespace,
      retryAfterSeconds: 10,
    });
    await shop.announce(leadTimeSeconds + 20);
    await until(
      'the API server refuses a third time',
      90_000,
      async () => webhook.askedAt.length,
      count => count >= 3,
    );
    const gaps = webhook.askedAt.slice(1).map((at, index) => at - (webhook.askedAt[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(9_000);
    await webhook.stop();
    await shop.untilBounds(isRaised, 'gateway', 25_000);
    const codes = answersOf(shop)
      .filter(({ verb }) => verb === 'patch')
      .map(({ code }) => code);
    expect(codes).toEqual([...webhook.askedAt.map(() => 429), 200]);
  });

  test('is raised in time although the operator is rolled out at that very moment', async () => {
    const shop = shopOf('rolling');
    const start = await shop.announce(leadTimeSeconds + 45);
    const due = start - leadTimeSeconds * 1000 - 15_000;
    await sleep(due - 6_000 - Date.now());
    const [first, second] = operators;
    const third = launch('third');
    await sleep(4_000);
    await first?.stop('SIGTERM', 30_000);
    const fourth = launch('fourth');
    operators = [third, fourth];
    await sleep(4_000);
    await second?.stop('SIGTERM', 30_000);
    await shop.untilBounds(isRaised);
    // A lease is given up at SIGTERM, so the next replica leads within its retry period.
    expect(Date.now()).toBeLessThan(due + 15_000);
    await until(
      'the floor is Ready',
      start - Date.now(),
      async () => [await shop.read('Deployment'), await shop.bounds()] as const,
      ([{ status }, bounds]) => Number(status?.readyReplicas) >= Number(bounds.split('..')[0]),
    );
    expect(writesOf(shop).length).toBe(1);
  });

  function shopOf(name: string): HeldShop {
    const shop = shops.get(name);
    if (shop === undefined) throw new Error(`no shop ${name}`);
    return shop;
  }

  /** Cancels the sale and waits until nothing of it is left. */
  async function finish(shop: HeldShop, names: readonly string[]) {
    await shop.patch('FlashSale', 'drop', { spec: { cancelled: true } });
    for (const name of names) {
      await shop.untilBounds(bounds => bounds.startsWith('4..'), name);
      await shop.scaleDown(name);
      await shop.untilBounds(bounds => bounds === restBounds, name);
      const { metadata } = await shop.read('HorizontalPodAutoscaler', name);
      expect(Object.keys(metadata.annotations ?? {}).filter(key => key.startsWith('headstart.dev/'))).toEqual([]);
    }
    await until(
      'the ledger is empty',
      60_000,
      () => shop.read('ScalingTarget'),
      ({ status, metadata }) => status?.raised === undefined && (metadata.finalizers ?? []).length === 0,
    );
  }

  function certificate() {
    if (cluster.own === undefined) throw new Error('it needs our own control plane');
    return cluster.own.certificate;
  }

  const answersOf = ({ namespace }: HeldShop) =>
    readAnswers(cluster.own?.auditLog ?? '', { user: operatorUser, resource: 'horizontalpodautoscalers', namespace });
  const writesOf = ({ namespace }: HeldShop) =>
    readSpecWrites(cluster.own?.auditLog ?? '', namespace).filter(
      ({ user, resource }) => user === operatorUser && resource === 'horizontalpodautoscalers',
    );
});

function isRaised(bounds: string): boolean {
  return Number(bounds.split('..')[0]) >= 12;
}

function isUnrecorded(event: KubernetesObject): boolean {
  const { reason, regarding, involvedObject } = event as {
    reason?: string;
    regarding?: object;
    involvedObject?: object;
  };
  return reason === 'RaiseUnrecorded' && JSON.stringify(regarding ?? involvedObject).includes('"copy"');
}

async function listOf({ client }: ControlPlane, path: string): Promise<readonly KubernetesObject[]> {
  const { body } = await client.call('GET', path);
  return (body as { items: readonly KubernetesObject[] }).items;
}

function exists(reading: Promise<unknown>): Promise<boolean> {
  return reading.then(
    () => true,
    () => false,
  );
}
