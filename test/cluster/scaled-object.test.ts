import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFloorGuard } from './marketplace/live-marketplace.ts';
import { type HeldShop, restBounds } from './sale/held-shop.ts';
import { type HeldStage, isRaised, openHeldStage } from './sale/held-stage.ts';
import { applyAll, readLive, readManifests } from './support/apply-manifests.ts';
import { until } from './support/kubernetes-client.ts';
import type { KubernetesObject } from './support/kubernetes-object.ts';

const definition = '../shared/third-party-crds/keda/scaledobjects.keda.sh.yaml';
const suite = describe.skipIf(Boolean(process.env.KUBECONFIG) || !existsSync(definition));

suite('a ScaledObject on a real API server (left out with KUBECONFIG, or without the published CRD of KEDA)', () => {
  let stage: HeldStage;
  let shop: HeldShop;
  const scaledObject = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'gateway', namespace: 'keda' },
    spec: {
      scaleTargetRef: { name: 'gateway' },
      minReplicaCount: 4,
      maxReplicaCount: 40,
      triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '80' } }],
    },
  } satisfies KubernetesObject;

  beforeAll(async () => {
    stage = await openHeldStage(['keda']);
    shop = stage.shop('keda');
    const { client, folder } = stage.cluster;
    const synthesized = globSync(path.join(folder, 'manifests', 'cluster', '**', '*.yaml')).flatMap(readManifests);
    const guards = synthesized.filter(isFloorGuard);
    expect(guards).toHaveLength(4);
    await applyAll(client, [...readManifests(definition), ...guards], { fieldManager: 'platform' });
    await shop.delete('HorizontalPodAutoscaler', 'gateway');
    await until(
      'the kind is served',
      60_000,
      () => applyAll(client, [scaledObject], { fieldManager: 'gitops' }).then(() => true),
      Boolean,
    );
    await playKeda();
    stage.launch('first');
    await shop.announce(55);
  });
  afterAll(() => stage?.stop());

  test('is raised with its annotations, recorded by its target, and KEDA passes it on', async () => {
    const raised = await untilBounds(isRaised);
    const { metadata } = await read();
    expect(metadata.annotations).toMatchObject({
      'headstart.dev/floor': raised.split('..')[0],
      'headstart.dev/from': restBounds,
    });
    expect((await shop.read('ScalingTarget')).status?.raised).toMatchObject([
      { kind: 'ScaledObject', name: 'gateway' },
    ]);
    await playKeda();
    expect(await shop.bounds('keda-hpa-gateway')).toBe(raised);
    await until(
      'the floor is Ready',
      60_000,
      () => shop.read('Deployment'),
      ({ status }) => Number(status?.readyReplicas) >= Number(raised.split('..')[0]),
    );
  });

  test('keeps its floor when Git applies its own bounds by force', async () => {
    const raised = boundsOf(await read());
    await applyAll(stage.cluster.client, [scaledObject], { fieldManager: 'gitops', force: true });
    expect(boundsOf(await read())).toBe(raised);
  });

  test('is put back when the sale is cancelled, without a trace', async () => {
    await shop.patch('FlashSale', 'drop', { spec: { cancelled: true } });
    await untilBounds(bounds => bounds.startsWith('4..'));
    await playKeda();
    await shop.scaleDown('gateway', 'keda-hpa-gateway');
    await untilBounds(bounds => bounds === restBounds);
    const { metadata } = await read();
    expect(Object.keys(metadata.annotations ?? {}).filter(key => key.startsWith('headstart.dev/'))).toEqual([]);
    await until(
      'the ledger is empty',
      60_000,
      () => shop.read('ScalingTarget'),
      ({ status, metadata: { finalizers = [] } }) => status?.raised === undefined && finalizers.length === 0,
    );
  });

  const read = () => readLive(stage.cluster.client, scaledObject);
  const untilBounds = (accept: (bounds: string) => boolean) =>
    until(
      'bounds of the ScaledObject',
      120_000,
      async () => boundsOf(await read()),
      bounds => accept(bounds),
    );

  /** Does once what KEDA does in each of its reconciles: an HPA with the ScaledObject's bounds and annotations, which owns it. */
  async function playKeda() {
    const { metadata, spec } = await read();
    const owner = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'gateway', uid: metadata.uid };
    const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };
    const hpa = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {
        name: 'keda-hpa-gateway',
        namespace: 'keda',
        annotations: metadata.annotations ?? {},
        ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
      },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' },
        minReplicas: spec?.minReplicaCount,
        maxReplicas: spec?.maxReplicaCount,
        metrics: [{ type: 'Resource', resource }],
      },
    };
    await applyAll(stage.cluster.client, [hpa], { fieldManager: 'keda-operator' });
  }
});

function boundsOf({ spec }: KubernetesObject): string {
  return `${spec?.minReplicaCount}..${spec?.maxReplicaCount}`;
}
