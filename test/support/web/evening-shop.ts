import type { NamespaceObjects } from '../../../src/observe/namespace-objects.ts';
import { describeRange } from '../../../src/plan/conditions/peak/describe-range.ts';
import type { PageSource } from '../../../src/web/page-source.ts';
import { pageSourceOf } from './page-shop.ts';

/**
 * A page's source half an hour into one sale, with another one on the next evening that a shared limit binds and whose
 * peak is uncertain.
 */
export function eveningShop(): PageSource {
  const source = pageSourceOf({
    now: '2026-11-27T19:30:00Z',
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
      { name: 'later', startTime: '2026-11-28T19:00:00Z', endTime: '2026-11-28T21:00:00Z', expectedPeakPercent: 900 },
    ],
    policy: { limits: [{ name: 'postgres', total: 400 }] },
    targets: {
      gateway: {
        spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 250 }] },
        forecast: 100,
      },
      checkout: { spec: { ceiling: 40, uses: [{ limit: 'postgres', perReplica: 16 }] }, forecast: 25 },
    },
  });
  return { ...source, read: namespace => withRange(source.read(namespace)) };
}

const peakRange = describeRange({
  median: 9,
  upper: 16.2,
  width: [
    { kind: 'novelty', share: 0.62 },
    { kind: 'prior', share: 0.38 },
  ],
  unseen: ['with kind clearance'],
});

/** The same objects, in which the peak of the later sale has a range. */
function withRange({ salePlans, ...objects }: NamespaceObjects): NamespaceObjects {
  return {
    ...objects,
    salePlans: salePlans.map(one => {
      if (!('value' in one) || one.value.spec.sale.name !== 'later' || one.value.status?.plan === undefined) return one;
      const plan = { ...one.value.status.plan, peakRange };
      return { value: { ...one.value, status: { ...one.value.status, plan } } };
    }),
  };
}
