import { describe, expect, test } from 'vitest';
import { observePod } from '../../../src/observe/capacity/observe-pod.ts';

type Pod = Parameters<typeof observePod>[0];
const created = '2026-11-27T18:50:00Z';
const pod = (status: object, metadata: object = {}) =>
  observePod({
    metadata: { name: 'web-1', labels: { app: 'web' }, creationTimestamp: created, ...metadata },
    status,
  } as unknown as Pod);
const ready = (status: string, at: string) => ({
  startTime: '2026-11-27T18:50:02Z',
  conditions: [{ type: 'Ready', status, lastTransitionTime: at }],
});
const container = (state: object, restartCount = 0, isReady = false) => ({
  containerStatuses: [{ name: 'app', ready: isReady, restartCount, state }],
});
const unready = { name: 'web-1', createdAt: Date.parse(created), wasReady: false };

describe('of a pod is kept', () => {
  test('since when it is ready', () => {
    expect(pod(ready('True', '2026-11-27T18:51:00Z'))).toEqual({
      labels: { app: 'web' },
      readySince: Date.parse('2026-11-27T18:51:00Z'),
    });
  });

  test.each<[string, object, object]>([
    ['that it starts', { phase: 'Pending' }, {}],
    ['that it starts its containers', container({ waiting: { reason: 'ContainerCreating' } }), {}],
    ['that it was never ready', ready('False', '2026-11-27T18:50:03Z'), {}],
    ['that it was ready before', ready('False', '2026-11-27T18:58:00Z'), { wasReady: true }],
    [
      'why its image is missing',
      container({ waiting: { reason: 'ImagePullBackOff' } }),
      { reason: 'ImagePullBackOff' },
    ],
    ['that it crashes', container({ waiting: { reason: 'CrashLoopBackOff' } }, 4), { reason: 'CrashLoopBackOff' }],
    ['that it crashes, between two crashes', container({ running: {} }, 2), { reason: 'CrashLoopBackOff' }],
    ['not that it restarted once', container({ running: {} }, 1), {}],
    [
      'that its first container fails',
      { initContainerStatuses: [{ ready: false, restartCount: 0, state: { waiting: { reason: 'ErrImagePull' } } }] },
      { reason: 'ErrImagePull' },
    ],
    [
      'what the scheduler says',
      {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available.' },
        ],
      },
      { reason: 'Unschedulable', message: '0/3 nodes are available.' },
    ],
    [
      'not that its scheduling is gated',
      { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
      {},
    ],
  ])('%s', (_, status, expected) => {
    expect(pod(status).unready).toEqual({ ...unready, ...expected });
  });

  test.each<[string, object, object]>([
    ['is being deleted', ready('True', created), { deletionTimestamp: created }],
    ['has failed', { phase: 'Failed' }, {}],
    ['has ended', { phase: 'Succeeded' }, {}],
  ])('nothing where it %s', (_, status, metadata) => {
    expect(pod(status, metadata)).toEqual({ labels: {} });
  });

  test('a message of 200 characters at most', () => {
    const message = 'node '.repeat(100);
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
    expect(pod({ conditions }).unready?.message).toHaveLength(200);
  });
});
