import { expect, test } from 'vitest';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { describeSteps } from '../../../src/sandbox/run/describe-steps.ts';

const targets = ['gateway', 'search'].map(name =>
  parseScalingTarget({
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingTarget',
    metadata: { name },
    spec: {
      workloadRef: { name },
      baseline: { minReplicas: 6, maxReplicas: 24 },
      ceiling: 160,
      capacityPerReplica: '60',
      demand: { query: 'up' },
    },
  }),
);

test('raises and restores of one instant are one line; the small steps between them are left out', () => {
  const record = {
    ready: {},
    minReplicas: {
      gateway: series([0, 6], [10, 93], [20, 80], [30, 82], [40, 6]),
      search: series([0, 6], [10, 30], [35, 40], [40, 6]),
    },
    maxReplicas: { gateway: series([0, 24], [10, 140], [50, 24]), search: series([0, 24]) },
  };
  expect(describeSteps(targets, record)).toEqual([
    { t: 10, text: 'floors raised: gateway 6 → 93, search 6 → 30' },
    { t: 35, text: 'floors raised: search 30 → 40' },
    { t: 40, text: 'minimum restored: gateway 82 → 6, search 40 → 6' },
    { t: 50, text: 'maximum restored: gateway 140 → 24' },
  ]);
});

test('nothing done is nothing said', () => {
  const still = { gateway: series([0, 6]), search: series([0, 6]) };
  expect(describeSteps(targets, { ready: {}, minReplicas: still, maxReplicas: {} })).toEqual([]);
});

function series(...changes: readonly (readonly [number, number])[]) {
  return changes.map(([t, value]) => ({ t, value }));
}
