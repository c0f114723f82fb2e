import { beforeEach, describe, expect, test } from 'vitest';
import type { PodRecord } from '../../../src/observe/capacity/observe-pod.ts';
import { SeenScaleUps } from '../../../src/observe/capacity/seen-scale-ups.ts';
import type { WorkloadObservation } from '../../../src/observe/observation.ts';

const start = Date.parse('2026-11-27T12:00:00Z');
const key = 'apps/Deployment/cart';
let now = start;
let monotonicMs = 0;
let seen: SeenScaleUps;

beforeEach(() => {
  [now, monotonicMs] = [start, 0];
  seen = new SeenScaleUps({ now: () => now, monotonicMs: () => monotonicMs }, () => 0);
});

function pass(seconds: number): void {
  now += seconds * 1000;
  monotonicMs += seconds * 1000;
}

/** Sets the machine's clock by so many seconds. */
function setClock(seconds: number): void {
  now += seconds * 1000;
}

function note(replicas: number, readyReplicas: number, more: Partial<WorkloadObservation> = {}): void {
  const value: WorkloadObservation = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'cart',
    uid: 'uid-cart',
    resourceVersion: '1',
    selector: 'app=cart',
    replicas,
    readyReplicas,
    ...more,
  };
  seen.note({ type: 'Modified', namespace: 'marketplace', name: 'cart', value });
}

/** Notes that an HPA scaled the workload so many seconds after the start. */
function noteScaled(seconds: number): void {
  const scales = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' };
  const value = { scales, scaledAt: start + seconds * 1000 } as Parameters<SeenScaleUps['noteAutoscaler']>[0]['value'];
  seen.noteAutoscaler({ type: 'Modified', namespace: 'marketplace', name: 'cart', value });
}

const pod = (reason?: string): PodRecord => ({
  labels: { app: 'cart' },
  unready: { name: 'cart-1', createdAt: start, wasReady: false, ...(reason === undefined ? {} : { reason }) },
});
const read = (pods?: readonly PodRecord[]) => seen.read('marketplace', pods).get(key) ?? [];

describe('a scale-up', () => {
  test('is measured from the change of the replicas until so many are ready', () => {
    note(4, 4);
    pass(100);
    note(24, 4);
    pass(30);
    note(24, 15);
    pass(12);
    note(24, 24);
    expect(read()).toEqual([{ at: '2026-11-27T12:01:40Z', workload: 'cart', added: 20, seconds: 42 }]);
  });

  test('begins when the HPA scaled, where a cut watch showed it later', () => {
    note(4, 4);
    pass(130);
    note(24, 4);
    noteScaled(100);
    pass(12);
    note(24, 24);
    expect(read()).toMatchObject([{ at: '2026-11-27T12:01:40Z', seconds: 42 }]);
  });

  test('does not begin with an earlier one of the HPA', () => {
    noteScaled(10);
    note(4, 4);
    pass(100);
    note(24, 4);
    pass(42);
    note(24, 24);
    expect(read()).toMatchObject([{ seconds: 42 }]);
  });

  test('in steps counts as its last step', () => {
    note(4, 4);
    note(8, 4);
    pass(15);
    note(16, 4);
    pass(40);
    note(16, 16);
    expect(read()).toMatchObject([{ added: 8, seconds: 40 }]);
  });

  test.each([
    ['is lowered before it is ready', () => note(12, 4)],
    ['belongs to another object of the same name', () => note(24, 4, { uid: 'uid-new' })],
    ['meets a clock that is set forward', () => setClock(3600)],
    ['meets a clock that is set back', () => setClock(-60)],
  ])('is not measured when it %s', (_, meanwhile) => {
    note(4, 4);
    note(24, 4);
    meanwhile();
    pass(40);
    note(24, 24);
    expect(read()).toEqual([]);
  });

  test("is not measured in a rollout's surge", () => {
    note(20, 25);
    note(24, 25);
    pass(40);
    note(24, 24);
    note(30, 26);
    pass(40);
    note(30, 30);
    expect(read()).toEqual([]);
  });

  test('is not measured where its beginning was not seen', () => {
    note(24, 4);
    pass(40);
    note(24, 24);
    expect(read()).toEqual([]);
  });

  test('that is not ready for an hour never became ready', () => {
    note(4, 4);
    note(24, 4);
    pass(3599);
    expect(read()).toEqual([]);
    pass(1);
    expect(read()).toEqual([{ at: '2026-11-27T12:00:00Z', workload: 'cart', added: 20 }]);
    note(24, 24);
    expect(read()).toHaveLength(1);
  });

  test.each([
    ['needed nodes when a pod found none', [pod('Unschedulable')], true],
    ['found room when no pod lacked a node', [pod()], false],
    ['tells nothing of nodes when nobody saw the pods', undefined, undefined],
  ])('%s', (_, pods, neededNodes) => {
    note(4, 4);
    note(24, 4);
    read(pods);
    if (pods !== undefined) read([pod()]);
    pass(40);
    note(24, 24);
    expect(read()[0]?.neededNodes).toBe(neededNodes);
  });
});

test('of a workload that flaps, the newest eight are remembered', () => {
  note(4, 4);
  for (let round = 0; round < 1000; round++) {
    note(5, 4);
    pass(1);
    note(5, 5);
    note(4, 4);
    pass(1);
  }
  expect(read()).toHaveLength(8);
});

test('of a workload that is gone, nothing is remembered', () => {
  note(4, 4);
  note(24, 4);
  note(24, 24);
  expect(read()).toHaveLength(1);
  const value = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' } as WorkloadObservation;
  seen.note({ type: 'Deleted', namespace: 'marketplace', name: 'cart', value });
  expect(read()).toEqual([]);
});
