import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from './control-plane/start-control-plane.ts';
import { type HeldShop, restBounds } from './sale/held-shop.ts';
import { type HeldStage, isRaised, openHeldStage } from './sale/held-stage.ts';
import { runHeadstart } from './sale/start-operator.ts';
import { until } from './support/kubernetes-client.ts';
import { conditionOf, type KubernetesObject } from './support/kubernetes-object.ts';

/** What was raised is put back, whatever people change meanwhile. */
const suite = describe.skipIf(Boolean(process.env.KUBECONFIG));

suite('a floor on a real API server (left out with KUBECONFIG: it needs our own control plane)', () => {
  const names = ['repointed', 'rescaled', 'copied', 'co-owned', 'recreated', 'let-go'];
  let stage: HeldStage;

  beforeAll(async () => {
    stage = await openHeldStage(names);
    stage.launch('first');
    const shops = names.map(name => stage.shop(name));
    for (const shop of shops) await shop.announce(55);
    for (const shop of shops) await shop.untilBounds(isRaised);
  });
  afterAll(() => stage?.stop());

  test('whose target is pointed at another workload is put back there and raised here', async () => {
    const shop = stage.shop('repointed');
    await shop.patch('ScalingTarget', 'gateway', { spec: { workloadRef: { name: 'other' } } });
    await shop.untilBounds(bounds => bounds.startsWith('4..'));
    await shop.untilBounds(isRaised, 'other');
    await finish(shop, ['gateway', 'other']);
  });

  test('whose HPA is pointed at another workload is put back all the same', async () => {
    const shop = stage.shop('rescaled');
    await shop.patch('HorizontalPodAutoscaler', 'gateway', {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'away' } },
    });
    await shop.untilBounds(bounds => bounds.startsWith('4..'));
    await finish(shop, ['gateway']);
  });

  test('that is copied with its annotations is told, and headstart restore --all puts the copy back', async () => {
    const shop = stage.shop('copied');
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
      async () => (await listOf(stage.cluster, `/api/v1/namespaces/${shop.namespace}/events`)).filter(isUnrecorded),
      events => events.length === 1,
    );
    await finish(shop, ['gateway']);
    const { code } = await runHeadstart(stage.cluster.folder, stage.cluster.kubeconfig, [
      'restore',
      '--all',
      '-n',
      shop.namespace,
    ]);
    expect(code).toBe(0);
    expect(await shop.bounds('copy')).toBe(restBounds);
  });

  test('whose annotations another manager owns, too, is put back with few writes', async () => {
    const shop = stage.shop('co-owned');
    const { apiVersion, kind, metadata, spec } = await shop.read('HorizontalPodAutoscaler');
    const exported = { name: 'gateway', namespace: shop.namespace, annotations: metadata.annotations ?? {} };
    await shop.create({ apiVersion, kind, metadata: exported, spec: spec ?? {} });
    const before = stage.writes(shop);
    await finish(shop, ['gateway']);
    expect(stage.writes(shop) - before).toBeLessThanOrEqual(4);
  });

  test('whose HPA is deleted and created anew in the sale gets the plan’s floor at once', async () => {
    const shop = stage.shop('recreated');
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
    const shop = stage.shop('let-go');
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
    const zero = stage.shop('repointed').patch('HorizontalPodAutoscaler', 'gateway', { spec: { minReplicas: 0 } });
    await expect(zero).rejects.toThrow(/422.*minReplicas/);
  });

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
});

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
