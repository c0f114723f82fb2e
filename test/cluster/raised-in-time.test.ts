import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChildProcess } from './control-plane/child-process.ts';
import { type HeldStage, isRaised, openHeldStage } from './sale/held-stage.ts';
import { leadTimeSeconds } from './sale/sale-manifests.ts';
import { until } from './support/kubernetes-client.ts';
import { refuseAutoscalers } from './support/refusing-webhook.ts';

/** A raise that is due while the API server or the operator itself is busy with something else. */
const suite = describe.skipIf(Boolean(process.env.KUBECONFIG));

suite('a floor on a real API server (left out with KUBECONFIG: it needs our own control plane)', () => {
  let stage: HeldStage;
  let first: ChildProcess;
  let second: ChildProcess;

  beforeAll(async () => {
    stage = await openHeldStage(['throttled', 'rolling']);
    [first, second] = [stage.launch('first'), stage.launch('second')];
  });
  afterAll(() => stage?.stop());

  test('is raised once an API server that answered 429 takes writes again, and is asked no sooner than it said', async () => {
    const shop = stage.shop('throttled');
    const webhook = await refuseAutoscalers(stage.cluster.client, stage.certificate, {
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
    expect(stage.patchAnswers(shop)).toEqual([...webhook.askedAt.map(() => 429), 200]);
  });

  test('is raised in time although the operator is rolled out at that very moment', async () => {
    const shop = stage.shop('rolling');
    const start = await shop.announce(leadTimeSeconds + 45);
    const due = start - leadTimeSeconds * 1000 - 15_000;
    await sleep(due - 6_000 - Date.now());
    stage.launch('third');
    await sleep(4_000);
    await first.stop('SIGTERM', 30_000);
    stage.launch('fourth');
    await sleep(4_000);
    await second.stop('SIGTERM', 30_000);
    await shop.untilBounds(isRaised);
    // A lease is given up at SIGTERM, so the next replica leads within its retry period.
    expect(Date.now()).toBeLessThan(due + 15_000);
    await until(
      'the floor is Ready',
      start - Date.now(),
      async () => [await shop.read('Deployment'), await shop.bounds()] as const,
      ([{ status }, bounds]) => Number(status?.readyReplicas) >= Number(bounds.split('..')[0]),
    );
    expect(stage.writes(shop)).toBe(1);
  });
});
