import { describe, expect, test } from 'vitest';
import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { refuseBounds } from '../../src/apply/refuse-bounds.ts';

const { spec } = parseScalingTarget({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'ScalingTarget',
  metadata: { name: 'checkout' },
  spec: {
    workloadRef: { name: 'checkout' },
    baseline: { minReplicas: 4, maxReplicas: 20 },
    ceiling: 100,
    capacityPerReplica: '45',
    demand: { query: 'q' },
  },
});
const live = (maxReplicas: number, running: number) => ({
  minReplicas: 4,
  maxReplicas,
  currentReplicas: running,
  desiredReplicas: running,
});

describe('refuseBounds', () => {
  test.each([
    ['allows a raise up to the ceiling', { minReplicas: 80, maxReplicas: 100 }, live(20, 4), 1000, undefined],
    [
      'refuses a maximum above the ceiling',
      { minReplicas: 80, maxReplicas: 101 },
      live(20, 4),
      1000,
      /above the 100 allowed/,
    ],
    ['refuses a maximum above the cap', { minReplicas: 40, maxReplicas: 60 }, live(20, 4), 50, /above the 50 allowed/],
    [
      'lets a maximum above a lowered ceiling stay while its pods run',
      { minReplicas: 4, maxReplicas: 150 },
      live(150, 120),
      1000,
      undefined,
    ],
    [
      'refuses a minimum below the baseline',
      { minReplicas: 3, maxReplicas: 20 },
      live(20, 4),
      1000,
      /below the baseline's 4/,
    ],
    [
      'refuses a minimum above the maximum',
      { minReplicas: 30, maxReplicas: 20 },
      live(20, 4),
      1000,
      /above the maximum/,
    ],
    [
      'refuses to lower the maximum under running pods',
      { minReplicas: 4, maxReplicas: 20 },
      live(60, 40),
      1000,
      /below the 40 replicas/,
    ],
    ['refuses half replicas', { minReplicas: 4.5, maxReplicas: 20 }, live(20, 4), 1000, /whole replicas/],
  ])('%s', (_, bounds, running, cap, refusal) => {
    const said = refuseBounds({ bounds, live: running, spec, cap });
    if (refusal === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(refusal);
  });

  test('refuses to lower the maximum under the pods of a workload whose HPA has no status', () => {
    const bounds = { minReplicas: 4, maxReplicas: 20 };
    expect(refuseBounds({ bounds, live: live(60, 0), spec, cap: 1000, replicas: 40 })).toMatch(/below the 40 replicas/);
    expect(refuseBounds({ bounds, live: live(60, 0), spec, cap: 1000, replicas: 20 })).toBeUndefined();
  });
});
