import { expect, test } from 'vitest';
import { parseInstant } from '../../../src/api/instant.ts';
import { planOf } from '../../support/shop/apply-planned.ts';
import type { Given } from '../../support/shop/planned-namespace.ts';

const sale = { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' };

/** A sale that was stated at 800 %, of which the FlashSale is gone; its SalePlan, made late, records 20 replicas at most. */
const vanished: Given = {
  now: '2026-11-27T20:45:00Z',
  salePlans: [
    {
      sale: { ...sale, expectedPeakPercent: 800 },
      prescaleTime: '2026-11-27T18:53:00Z',
      targets: {
        gateway: [
          ['2026-11-27T20:20:00Z', 20, 30],
          [sale.endTime, 4, 20],
        ],
      },
      seen: ['2026-11-27T20:25:00Z'],
    },
  ],
  targets: {
    gateway: {
      forecast: 30,
      spec: { entryPoint: true },
      metadata: { finalizers: ['headstart.dev/restore'] },
      hpa: { minReplicas: 20, maxReplicas: 30, floor: 20, floorMax: 30 },
    },
  },
};

test('what is planned of a sale that is gone is what is held now, not a peak that is over', () => {
  const { plan } = planOf(vanished);
  const steps = plan.sales[0]?.targets[0]?.steps ?? [];
  const now = parseInstant(vanished.now);
  const current = steps.findLast(({ from }) => parseInstant(from) <= now);
  expect([plan.targets[0]?.bounds.minReplicas, current?.minReplicas]).toEqual([20, 20]);
});
