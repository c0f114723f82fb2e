import type { PageSource } from '../../../src/web/page-source.ts';
import { pageSourceOf } from './page-shop.ts';

/** A page's source half an hour into one sale, with another one on the next evening. */
export function eveningShop(): PageSource {
  return pageSourceOf({
    now: '2026-11-27T19:30:00Z',
    sales: [
      { name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z', expectedPeakPercent: 500 },
      { name: 'later', startTime: '2026-11-28T19:00:00Z', endTime: '2026-11-28T21:00:00Z', expectedPeakPercent: 900 },
    ],
    targets: {
      gateway: {
        spec: { entryPoint: true, calls: [{ target: 'checkout', perThousandRequests: 250 }] },
        forecast: 100,
      },
      checkout: { spec: { ceiling: 30 }, forecast: 25 },
    },
  });
}
