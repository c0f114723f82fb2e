import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtInResources } from '../../../src/apiserver/kinds/built-in-resources.ts';
import { ObjectStore } from '../../../src/apiserver/store/object-store.ts';
import { startControllerManager } from '../../../src/sandbox/controllers/controller-manager.ts';
import {
  type AutoscalerObject,
  autoscalerResource,
  deploymentResource,
  isReady,
  type Pod,
  pods,
  replicaSetResource,
  type WorkloadObject,
} from '../../../src/sandbox/controllers/workload-objects.ts';
import { SandboxClock } from '../../../src/sandbox/sandbox-clock.ts';

const start = Date.parse('2026-11-27T18:00:00Z');
const namespace = 'shop';

let clock: SandboxClock;
let store: ObjectStore;
let stop: () => void;
/** Cores a ready pod uses of the one it asks for; none = no metrics. */
let usage: number | undefined;

beforeEach(() => {
  clock = new SandboxClock(start);
  store = new ObjectStore({ clock, resources: builtInResources });
  usage = 0.5;
  stop = startControllerManager({
    store,
    clock,
    metrics: {
      podUsage: () => (usage === undefined ? undefined : { value: usage, at: clock.now(), windowMs: 15_000 }),
      external: () => undefined,
    },
    podStart: () => ({ runningSeconds: 4, readySeconds: 10 }),
  });
});

afterEach(() => stop());

describe('a Deployment', () => {
  test('has its pods running after their image came, and ready after their start', async () => {
    createDeployment(3);
    await pass(3);
    expect(podList().map(pod => pod.status?.phase)).toEqual(['Pending', 'Pending', 'Pending']);
    await pass(2);
    expect(podList().map(pod => pod.status?.phase)).toEqual(['Running', 'Running', 'Running']);
    expect(podList().filter(isReady)).toHaveLength(0);
    await pass(6);
    expect(podList().filter(isReady)).toHaveLength(3);
    expect(deployment().status).toMatchObject({ replicas: 3, readyReplicas: 3, observedGeneration: 1 });
  });

  test('owns its pods through one ReplicaSet', async () => {
    createDeployment(2);
    await pass(1);
    const [set] = store.collection<WorkloadObject>(replicaSetResource).list(namespace);
    expect(set?.metadata.ownerReferences?.[0]?.uid).toBe(deployment().metadata.uid);
    expect(podList().map(pod => pod.metadata.ownerReferences?.[0]?.uid)).toEqual([
      set?.metadata.uid,
      set?.metadata.uid,
    ]);
    expect(set?.spec.replicas).toBe(2);
  });

  // Measured on a real 1.36 control plane: 2 → 602 takes 29.9 s, and the status shows no new replica until 29.8 s.
  test('makes twenty pods a second, and its status stays flat meanwhile', async () => {
    createDeployment(2);
    await pass(20);
    scale(302);
    await pass(9);
    expect(podList().length).toBeLessThan(302);
    expect(deployment().status?.replicas).toBe(2);
    await pass(8);
    expect(podList()).toHaveLength(302);
    expect(deployment().status?.replicas).toBe(302);
  });

  test('gives up the pods that do not serve yet, then the youngest', async () => {
    createDeployment(2);
    await pass(20);
    const old = podList().map(pod => pod.metadata.name);
    scale(5);
    await pass(3);
    scale(2);
    await pass(1);
    expect(podList().map(pod => pod.metadata.name)).toEqual(old);
  });

  test('takes its pods with it when it goes', async () => {
    createDeployment(2);
    await pass(20);
    store.collection(deploymentResource).delete(namespace, 'web');
    await pass(1);
    expect(podList()).toHaveLength(0);
    expect(store.collection(replicaSetResource).list(namespace)).toHaveLength(0);
  });
});

describe('an HPA', () => {
  test('follows a raised minimum within one sync', async () => {
    createDeployment(2);
    createAutoscaler({ minReplicas: 2, maxReplicas: 20 });
    await pass(40);
    setBounds({ minReplicas: 8, maxReplicas: 20 });
    await pass(16);
    expect(deployment().spec.replicas).toBe(8);
  });

  test('doubles under load, waits for the new pods, and says what it did', async () => {
    createDeployment(2);
    createAutoscaler({ minReplicas: 2, maxReplicas: 20 });
    await pass(40);
    usage = 2;
    await pass(15);
    expect(deployment().spec.replicas).toBe(4);
    expect(autoscaler().status).toMatchObject({ desiredReplicas: 4 });
    expect(autoscaler().status?.conditions?.map(condition => condition.reason)).toContain('SucceededRescale');
  });

  test('without metrics stays where it is and says why', async () => {
    usage = undefined;
    createDeployment(5);
    createAutoscaler({ minReplicas: 2, maxReplicas: 20 });
    await pass(40);
    expect(deployment().spec.replicas).toBe(5);
    expect(autoscaler().status?.conditions).toEqual([
      expect.objectContaining({ type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' }),
    ]);
  });

  test('with a rival on the same Deployment flips the replicas every sync', async () => {
    createDeployment(4);
    createAutoscaler({ minReplicas: 8, maxReplicas: 20 });
    createAutoscaler({ minReplicas: 2, maxReplicas: 6 }, 'web-too');
    const seen = new Set<number | undefined>();
    store.collection<WorkloadObject>(deploymentResource).subscribe(({ object }) => seen.add(object.spec.replicas));
    await pass(60);
    expect(seen).toEqual(new Set([4, 6, 8]));
  });

  test('without its Deployment says that there is none', async () => {
    createAutoscaler({ minReplicas: 2, maxReplicas: 6 });
    await pass(16);
    expect(autoscaler().status?.conditions?.[0]).toMatchObject({ type: 'AbleToScale', reason: 'FailedGetScale' });
  });
});

test('a stopped cluster does nothing more', async () => {
  createDeployment(2);
  stop();
  await pass(60);
  expect(podList().filter(isReady)).toHaveLength(0);
});

const pass = (seconds: number) => clock.advanceTo(clock.now() + seconds * 1000);
const podList = () => store.collection<Pod>(pods).list(namespace);

function deployment() {
  const found = store.collection<WorkloadObject>(deploymentResource).get(namespace, 'web');
  if (found === undefined) throw new Error('no Deployment web');
  return found;
}

function autoscaler() {
  const found = store.collection<AutoscalerObject>(autoscalerResource).get(namespace, 'web');
  if (found === undefined) throw new Error('no HPA web');
  return found;
}

function scale(replicas: number): void {
  const present = deployment();
  store.collection<WorkloadObject>(deploymentResource).update({ ...present, spec: { ...present.spec, replicas } });
}

function setBounds(bounds: { minReplicas: number; maxReplicas: number }): void {
  const present = autoscaler();
  store.collection<AutoscalerObject>(autoscalerResource).update({ ...present, spec: { ...present.spec, ...bounds } });
}

function createDeployment(replicas: number): void {
  const labels = { app: 'web' };
  store.collection<WorkloadObject>(deploymentResource).create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', resources: { requests: { cpu: '1' } } }] },
      },
    },
  });
}

function createAutoscaler(bounds: { minReplicas: number; maxReplicas: number }, name = 'web'): void {
  const target = { type: 'Utilization', averageUtilization: 50 };
  store.collection<AutoscalerObject>(autoscalerResource).create({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      ...bounds,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
    },
  });
}
