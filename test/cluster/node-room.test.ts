import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { formatPlaceholders } from '../../src/cli/adopt/format-placeholders.ts';
import { createNodes } from './control-plane/kwok-nodes.ts';
import type { HeldShop } from './sale/held-shop.ts';
import { type HeldStage, isRaised, openHeldStage } from './sale/held-stage.ts';
import { leadTimeSeconds } from './sale/sale-manifests.ts';
import { applyAll } from './support/apply-manifests.ts';
import { until } from './support/kubernetes-client.ts';
import type { KubernetesObject } from './support/kubernetes-object.ts';

const suite = describe.skipIf(Boolean(process.env.KUBECONFIG));
const placeholder = 'gateway-placeholder';
/** Seconds that nodes take once they are asked for. */
const nodeSeconds = 5;
/** Seconds before the raise in which a person can still act. */
const readyBeforeSeconds = 120;

/** A scheduler that finds no room, nodes that come late, and the operator's own role, which needs nothing more. */
suite('room on nodes (left out with KUBECONFIG: it needs our own control plane)', () => {
  let stage: HeldStage;
  let shop: HeldShop;

  beforeAll(async () => {
    stage = await openHeldStage(['room']);
    shop = stage.shop('room');
    const { client } = stage.cluster;
    // Two nodes of 64 cores hold twelve pods of 10, of which four run.
    for (const node of [2, 3, 4]) await client.call('DELETE', `/api/v1/nodes/headstart-test-${node}`);
    const requests = { cpu: '10' };
    const containers = [{ name: 'service', image: 'played-by-kwok', resources: { requests } }];
    const { spec } = await shop.read('Deployment');
    const template = spec?.template as { readonly spec: object };
    await shop.patch('Deployment', 'gateway', { spec: { template: { spec: { containers } } } });
    await shop.patch('ScalingPolicy', 'default', { spec: { nodeRoom: 'PlaceholderPods', readyBeforeSeconds } });
    const placed = {
      target: { metadata: { name: 'gateway', namespace: 'room' } },
      template: { spec: { ...template.spec, containers } },
    };
    const yaml = formatPlaceholders([placed], { image: 'played-by-kwok', priorityClass: 'headstart-placeholder' });
    const manifests = parseAllDocuments(yaml).map(document => document.toJS() as KubernetesObject);
    await applyAll(client, manifests, { fieldManager: 'gitops' });
    stage.launch('first');
  });
  afterAll(() => stage?.stop());

  test('is closed while no sale is near, though Git states no number', async () => {
    await untilAsked(asked => asked === 0);
  });

  test('is opened before the raise, and lacking room is a NoGo before it', async () => {
    const start = await shop.announce(leadTimeSeconds + readyBeforeSeconds + 100);
    const asked = await untilAsked(replicas => replicas > 0);
    const raise = start - (leadTimeSeconds + readyBeforeSeconds) * 1000;
    expect(Date.now()).toBeLessThan(raise);
    await until(
      'the scheduler finds no room for some',
      60_000,
      async () => (await pods()).filter(isUnschedulable).length,
      count => count > 0 && count < asked,
    );
    await until(
      'the sale is NoGo for want of room',
      leadTimeSeconds * 1000 + 60_000,
      async () => JSON.stringify((await shop.read('FlashSale', 'drop')).status),
      status => status.includes('placeholder pods have no node after 45 s') && status.includes('NoGo'),
    );
    expect(isRaised(await shop.bounds())).toBe(false);
  });

  test('is there once nodes come, and gives way to the pods of the sale', async () => {
    const asked = await untilAsked(replicas => replicas > 0);
    await sleep(nodeSeconds * 1000);
    await createNodes(stage.cluster.client, 20);
    await until(
      'every placeholder has a node',
      60_000,
      async () => (await pods()).filter(isReady).length,
      count => count >= asked,
    );
    const raised = await shop.untilBounds(isRaised);
    expect(Number(raised.split('..')[0])).toBe(asked + 4);
    await until(
      'the floor is Ready',
      60_000,
      () => shop.read('Deployment'),
      ({ status }) => Number(status?.readyReplicas) >= asked + 4,
    );
    await untilAsked(replicas => replicas === 0);
  });

  const untilAsked = (accept: (replicas: number) => boolean) =>
    until(
      'placeholders asked for',
      120_000,
      async () => Number((await shop.read('Deployment', placeholder)).spec?.replicas),
      accept,
    );

  async function pods(): Promise<readonly KubernetesObject[]> {
    const path = '/api/v1/namespaces/room/pods?labelSelector=headstart.dev%2Fplaceholder-for%3Dgateway';
    const { body } = await stage.cluster.client.call('GET', path);
    return (body as { readonly items: readonly KubernetesObject[] }).items;
  }
});

function hasCondition({ status }: KubernetesObject, type: string, is: string): boolean {
  const conditions = (status?.conditions ?? []) as readonly { readonly type: string; readonly status: string }[];
  return conditions.some(one => one.type === type && one.status === is);
}

const isReady = (pod: KubernetesObject) => hasCondition(pod, 'Ready', 'True');
const isUnschedulable = (pod: KubernetesObject) => hasCondition(pod, 'PodScheduled', 'False');
