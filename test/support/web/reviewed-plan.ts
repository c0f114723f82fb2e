import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { readable } from '../../../src/observe/namespace-objects.ts';
import type { PageSource } from '../../../src/web/page-source.ts';
import { eveningShop } from './evening-shop.ts';

const review = {
  reviewedAt: '2026-11-27T21:10:00Z',
  targets: [
    {
      target: 'gateway',
      wapePercent: 12,
      biasPercent: 3,
      peakErrorPercent: -4,
      coveragePercent: 98,
      secondsToReady: 66,
      replicaHoursOver: 2,
      replicaHoursUnder: 0,
      minutesAtCeiling: 1,
      minutesShort: 0,
      minutesShortWithoutPrescale: 7,
    },
  ],
  suggestedPeakPercent: 420,
};

/** The SalePlan of the evening's sale as it is an hour after it: with a record of each minute and a review. */
export function reviewedPlan(): SalePlan {
  const plan = readable(eveningShop().read('marketplace').salePlans).find(({ spec }) => spec.sale.name === 'drop');
  if (plan === undefined) throw new Error('there is no drop');
  const start = Date.parse('2026-11-27T19:00:00Z');
  const points = Array.from({ length: 120 }, (_, minute) => {
    const demand = 400 * Math.exp(-(((minute - 12) / 40) ** 2)) + 90;
    return {
      t: new Date(start + minute * 60_000).toISOString(),
      demand: Math.round(demand * (1 + 0.05 * Math.sin(minute))),
      forecast: Math.round(demand),
      upper: Math.round(demand * 1.3),
      floor: 50,
      ready: 52,
    };
  });
  return { ...plan, status: { ...plan.status, timeline: [{ target: 'gateway', points }], review } };
}

/** A page's source an hour after that sale. */
export function reviewedShop(): PageSource {
  const source = eveningShop();
  const plan = reviewedPlan();
  const objects = source.read('marketplace');
  const salePlans = objects.salePlans.map(one =>
    'value' in one && one.value.metadata.name === plan.metadata.name ? { value: plan } : one,
  );
  return { ...source, now: () => Date.parse('2026-11-27T22:00:00Z'), read: () => ({ ...objects, salePlans }) };
}
