import { expect, test } from 'vitest';
import { withinPause } from '../../../src/plan/bounds/within-pause.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import { scalerAt } from '../../support/shop/made-up-scaler.ts';

const bounds = (minReplicas: number, maxReplicas: number) => ({ minReplicas, maxReplicas });

test.each([
  ['None', bounds(29, 44), bounds(4, 20), bounds(29, 44)],
  ['Up', bounds(29, 44), bounds(4, 20), bounds(4, 20)],
  ['Up', bounds(4, 20), bounds(29, 44), bounds(4, 20)],
  ['Up', bounds(4, 20), bounds(8, 10), bounds(4, 10)],
  ['Down', bounds(4, 20), bounds(29, 44), bounds(29, 44)],
  ['Both', bounds(35, 20), bounds(29, 44), bounds(29, 44)],
] as const)('paused %s leaves of %o beside %o only %o', (paused, planned, live, expected) => {
  expect(withinPause(planned, scalerAt(live.minReplicas, live.maxReplicas), { paused })).toEqual(expected);
});

test('a restore gives no maximum back while raises are paused, and then it is finished', () => {
  const { plan } = planOf({
    now: '2026-11-27T21:30:00Z',
    targets: {
      gateway: {
        spec: { paused: 'Up' },
        metadata: { finalizers: ['headstart.dev/restore'] },
        hpa: { minReplicas: 8, maxReplicas: 10, floor: 8, floorMax: 44, otherWriters: ['flux'] },
      },
    },
  });
  const [planned] = plan.targets;
  expect(planned).toMatchObject({ action: 'Write', bounds: bounds(4, 10), reason: 'Restoring' });
  expect(planned).not.toHaveProperty('floor');
  expect(planned).not.toHaveProperty('floorMax');
  expect(planned?.because.at(-1)?.message).toBe('back to 4..10, not up to the baseline 4..20 while raises are paused');
});
