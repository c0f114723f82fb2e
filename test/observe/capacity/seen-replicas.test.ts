import { beforeEach, expect, test } from 'vitest';
import { SeenReplicas } from '../../../src/observe/capacity/seen-replicas.ts';
import type { WorkloadObservation } from '../../../src/observe/observation.ts';
import type { AutoscalerRecord } from '../../../src/observe/workloads/observe-autoscaler.ts';

const key = 'apps/Deployment/cart';
let now = 0;
let seen: SeenReplicas;

beforeEach(() => {
  now = 0;
  seen = new SeenReplicas({ now: () => now });
});

function note(at: number, replicas: number, readyReplicas: number, more: Partial<WorkloadObservation> = {}): void {
  now = at * 60_000;
  const value: WorkloadObservation = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'cart',
    uid: 'uid-cart',
    resourceVersion: '1',
    replicas,
    readyReplicas,
    ...more,
  };
  seen.note({ type: 'Modified', namespace: 'marketplace', name: 'cart', value });
}

/** The steady times as [from, until, ready], in minutes. */
const steady = (at: number) => {
  now = at * 60_000;
  return (seen.read('marketplace').get(key) ?? []).map(({ from, until, ready }) => [
    from / 60_000,
    until / 60_000,
    ready,
  ]);
};

test('a time is steady while all that are wanted are ready, and no more', () => {
  note(0, 4, 4);
  note(10, 24, 4);
  note(11, 24, 24);
  note(12, 24, 24);
  note(20, 24, 30);
  expect(steady(30)).toEqual([
    [0, 10, 4],
    [11, 20, 24],
  ]);
});

test('a time ends with a deploy and with another object of the same name', () => {
  note(0, 4, 4, { revision: '1' });
  note(10, 4, 4, { revision: '2' });
  note(15, 4, 4, { revision: '2', uid: 'uid-new' });
  expect(steady(30)).toEqual([
    [0, 10, 4],
    [10, 15, 4],
    [15, 30, 4],
  ]);
});

test('what is older than two hours is forgotten at the next event, and all of what is gone', () => {
  note(0, 4, 4);
  note(10, 5, 5);
  note(200, 6, 6);
  expect(steady(201)).toEqual([
    [10, 200, 5],
    [200, 201, 6],
  ]);
  const value = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' } as WorkloadObservation;
  seen.note({ type: 'Deleted', namespace: 'marketplace', name: 'cart', value });
  expect(steady(202)).toEqual([]);
});

test('a steady time has what the HPA said within it', () => {
  const say = (at: number, isAbove?: boolean) => {
    now = at * 60_000;
    const value = { scales: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' }, isAbove } as AutoscalerRecord;
    seen.noteAutoscaler({ type: 'Modified', namespace: 'marketplace', name: 'cart', value });
  };
  note(0, 4, 4);
  say(2, false);
  say(3, false);
  say(10, true);
  say(12);
  note(15, 20, 4);
  note(16, 20, 20);
  say(20, true);
  now = 30 * 60_000;
  const [first, second] = seen.read('marketplace').get(key) ?? [];
  const minutes = (times: typeof first) =>
    times?.saturation?.map(({ from, until, isAbove }) => [from / 60_000, until / 60_000, isAbove]);
  expect(minutes(first)).toEqual([
    [2, 10, false],
    [10, 12, true],
  ]);
  expect(minutes(second)).toEqual([[20, 30, true]]);
});
