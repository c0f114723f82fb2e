import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import type { Given, GivenTarget } from '../../support/shop/planned-namespace.ts';

const told = "gateway 20 → 19: the forecast's peak of drop was over at 19:41 UTC.";

/** A sale after its peak, whose floor stands at the 19 replicas that the rest needs. */
function messageOf(target: GivenTarget, said: object = {}, status: object = {}): string | undefined {
  const inForce = { type: 'BoundsInForce', status: 'True', reason: 'SaleRunning', message: told };
  const conditions = [{ ...inForce, lastTransitionTime: '2026-11-27T20:19:45Z', ...said }];
  const given: Given = {
    now: '2026-11-27T20:20:00Z',
    sales: [
      {
        name: 'drop',
        startTime: '2026-11-27T19:00:00Z',
        endTime: '2026-11-27T21:00:00Z',
        expectedPeakPercent: 800,
      },
    ],
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true },
        metadata: { finalizers: ['headstart.dev/restore'] },
        hpa: { minReplicas: 19, maxReplicas: 44, floor: 19, floorMax: 44 },
        status: { floor: 19, bounds: { minReplicas: 19, maxReplicas: 44 }, conditions, ...status },
        ...target,
      },
    },
  };
  const { conditions: planned } = planOf(given).plan.targets[0] ?? { conditions: [] };
  return planned.find(({ type }) => type === 'BoundsInForce')?.message;
}

test('the message of the last change stands while floor and bounds do, whatever the demand has become', () => {
  expect(messageOf({})).toBe(told);
  expect(messageOf({ demand: { ageSeconds: 299 } })).toBe(told);
  expect(messageOf({ demand: { missing: 'Prometheus does not answer' } })).toBe(told);
});

test.each<[string, GivenTarget, object?, object?]>([
  ['the bounds are not those that the status speaks of', {}, {}, { bounds: { minReplicas: 20, maxReplicas: 44 } }],
  ['the floor is not the one that the status speaks of', {}, {}, { floor: 20 }],
  ['the status has no bounds', {}, {}, { bounds: undefined }],
  ['the bounds were not in force', {}, { status: 'False', reason: 'WriteFailed' }],
  ['the message tells of no change', {}, { message: 'No raise is due.' }],
])('the message is made anew where %s', (_, target, said, status) => {
  expect(messageOf(target, said, status)).toBe(
    'gateway is at 19..44: drop runs until 21:00 UTC, P95 of the rest 187.2/s.',
  );
});

test('the message gives way to the next change, before it is written', () => {
  const raised = { hpa: { minReplicas: 22, maxReplicas: 44, floor: 22, floorMax: 44 } };
  expect(messageOf(raised)).toBe(
    "gateway 22 → 19: the forecast's peak of drop was over at 19:41 UTC, demand 30 s old, P95 of the rest 187.2/s.",
  );
});

test.each([
  [
    3,
    'gateway runs 3 replicas without an HPA, the baseline says 4: nothing is written outside a raise, make them agree.',
  ],
  [4, undefined],
  [60, undefined],
  [0, undefined],
])(
  'a workload without an HPA that runs %d replicas, where sales count on the 4 of its baseline, is told',
  (replicas, told) => {
    const given: Given = { now: '2026-11-27T20:20:00Z', targets: { gateway: { hpa: 'none', workload: { replicas } } } };
    const [planned] = planOf(given).plan.targets;
    const found = planned?.conditions.find(({ type, status }) => type === 'BaselineDiffers' && status === 'True');
    expect(found?.message).toBe(told);
  },
);
