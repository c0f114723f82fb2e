import type { Event } from '../../../forecasts/index.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import type { Occurrence } from '../accept/occurrence.ts';

/**
 * The past and future sales that reach each target through the call graph, by target name, as events for the
 * forecaster: each occurrence once, under its SalePlan's name. Sales that were called off before they began are left
 * out.
 */
export function saleEventsByTarget({
  graph,
  occurrences,
}: Pick<AcceptedNamespace, 'graph' | 'occurrences'>): ReadonlyMap<string, readonly Event[]> {
  const held = occurrences.filter(({ start, end }) => start < end);
  return new Map(graph.order.map(name => [name, held.filter(({ reaches }) => reaches.includes(name)).map(saleEvent)]));
}

/** Converts one occurrence of a sale to an event for the forecaster. */
export function saleEvent({ salePlan, start, end, spec, similar }: Occurrence): Event {
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
    ...(similar === undefined || similar.known.length === 0 ? {} : { similarTo: similar.known }),
  };
}
