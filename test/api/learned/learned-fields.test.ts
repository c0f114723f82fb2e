import { expect, test } from 'vitest';
import { encodeScalingTargetStatus, parseScalingTarget } from '../../../src/api/scaling-target.ts';

const at = '2026-02-30T10:00:00Z';
const target = (status: object) => ({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'ScalingTarget',
  metadata: { name: 'cart', namespace: 'shop' },
  spec: {
    workloadRef: { name: 'cart' },
    baseline: { minReplicas: 2, maxReplicas: 10 },
    ceiling: 100,
    capacityPerReplica: '45',
    demand: { query: 'sum(rate(requests[1m]))' },
  },
  status,
});

test.each([
  ['scale-ups on a day that does not exist', { scaleUps: [{ at, workload: 'cart', added: 3 }] }],
  ['an hour on a day that does not exist', { capacityHours: [{ at, workload: 'cart', heldAt: '30' }] }],
  ['days judged until one that does not exist', { accuracy: { until: at, days: 3 } }],
  ['negative numbers', { measuredLeadTimeSeconds: -1, demandLatenessSeconds: -60 }],
  ['another type', { ordinaryReplicas: 'many', scaleUps: { added: 3 }, accuracy: 12 }],
])('a target is read although what was learned of it is damaged: %s', (_, learned) => {
  const { status } = parseScalingTarget(target({ ...learned, floor: 4 }));
  expect(status).toEqual({ floor: 4 });
});

test('what was learned is still held to its bounds when it is written', () => {
  const scaleUps = [{ at: '2026-02-20T10:00:00Z', workload: 'cart', added: 100_001 }];
  expect(() => encodeScalingTargetStatus({ scaleUps })).toThrow();
});
