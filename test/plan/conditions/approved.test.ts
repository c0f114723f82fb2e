import { expect, test } from 'vitest';
import { planOf } from '../../support/shop/apply-planned.ts';
import { eveningSale } from '../../support/shop/evening-sale.ts';

test('a sale says that it waits for its approval in the plan that lowers what an emergency had raised, not one later', () => {
  const { plan } = planOf({
    now: '2026-11-27T19:05:00Z',
    policy: {
      approval: { abovePeakPercent: 200 },
      emergency: {
        action: 'Ceiling',
        until: '2026-11-27T19:04:00Z',
        requestedBy: 'ann',
        reason: 'an incident',
      },
    },
    sales: [eveningSale],
    approvals: { drop: { upTo: { gateway: 12 } } },
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true },
        metadata: { finalizers: ['headstart.dev/restore'] },
        hpa: { minReplicas: 240, maxReplicas: 240, currentReplicas: 240, floor: 240, floorMax: 240 },
      },
    },
  });
  const { minReplicas = 0 } = plan.targets[0]?.bounds ?? {};
  expect(minReplicas).toBeLessThan(29);
  expect(plan.sales[0]?.findings?.map(({ reason, message }) => `${reason}: ${message}`)).toContainEqual(
    expect.stringContaining(
      `AwaitingApproval: The plan is larger than what ann approved: these have fewer replicas than the sale needs: gateway ${minReplicas} of 29.`,
    ),
  );
});
