import type { Event } from '../../../forecasts/index.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import type { Occurrence } from '../accept/sale-occurrences.ts';

/**
 * By target name, the sales, past and to come, that reach it through the call graph, as the forecaster sees them: each
 * occurrence once, by its SalePlan's name. Sales that were called off before they began are left out.
 */
export function saleEventsByTarget({
  graph,
  occurrences,
}: Pick<AcceptedNamespace, 'graph' | 'occurrences'>): ReadonlyMap<string, readonly Event[]> {
  const held = occurrences.filter(({ start, end }) => start < end);
  return new Map(graph.order.map(name => [name, held.filter(({ reaches }) => reaches.includes(name)).map(saleEvent)]));
}

/** One occurrence of a sale as the forecaster sees it. */
export function saleEvent({ salePlan, start, end, spec }: Occurrence): Event {
  return {
    id: salePlan,
    start,
    end,
    ...(spec.expectedPeakPercent === undefined ? {} : { statedPeakRatio: spec.expectedPeakPercent / 100 }),
    features: {
      ...(spec.discountPercent === undefined ? {} : { discountPercent: spec.discountPercent }),
      ...(spec.audience === undefined ? {} : { audience: spec.audience }),
      ...(spec.saleType === undefined ? {} : { saleType: spec.saleType }),
      ...(spec.categories === undefined ? {} : { categories: [...spec.categories].sort().join(',') }),
      ...(spec.stock === undefined ? {} : { stock: spec.stock }),
    },
  };
}
