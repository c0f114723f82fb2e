import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import type { GivenTarget } from '../../support/shop/planned-namespace.ts';

const now = '2026-11-27T19:10:00Z';

/** The floor of a target that stands at 240 in a sale that needs 29, after a Ceiling until `until`. */
function floorAfter(until: string, target: GivenTarget = {}): number | undefined {
  const emergency = { action: 'Ceiling', until, requestedBy: 'ann', reason: 'no cache' };
  const { plan } = planOf({
    now,
    policy: { emergency },
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 800 },
    ],
    targets: {
      gateway: {
        forecast: 30,
        hpa: { minReplicas: 240, maxReplicas: 240, floor: 240, floorMax: 240 },
        ...target,
        spec: { entryPoint: true, ...target.spec },
      },
    },
  });
  return plan.targets[0]?.bounds.minReplicas;
}

const start = Date.parse('2026-11-27T19:00:00Z');
const busy = {
  recent: { start, stepSeconds: 60, values: [900, 1000, 950, 1000, 990, 1000, 980, 970, 1000] },
};

test.each<[string, string, GivenTarget, number]>([
  ['sinks to what the sale needs', '2026-11-27T19:09:00Z', {}, 29],
  ['sinks at the very end', now, {}, 29],
  ['stays while it is in force', '2026-11-27T19:11:00Z', {}, 240],
  ['holds what stands as ever a day later', '2026-11-26T19:10:00Z', {}, 240],
  ['stays where the newest demand needs it', '2026-11-27T19:09:00Z', { demand: busy }, 100],
  [
    "sinks after the target's own emergency",
    '2026-11-20T19:00:00Z',
    {
      spec: {
        emergency: { action: 'Ceiling', until: '2026-11-27T19:09:00Z', requestedBy: 'ann', reason: 'no cache' },
      },
    },
    29,
  ],
])('a floor of a Ceiling %s', (_, until, target, expected) => {
  expect(floorAfter(until, target)).toBe(expected);
});
