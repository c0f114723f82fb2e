import type { Event } from '../../../forecasts/index.ts';
import type { Observation } from '../../observe/observation.ts';
import { callGraph } from '../accept/call-graph.ts';
import { type Occurrence, saleOccurrences } from '../accept/sale-occurrences.ts';

/**
 * The sales, past and to come, that reach a target through the call graph, as the forecaster sees them: each occurrence
 * once, by its SalePlan's name. Sales that were called off before they began are left out.
 */
export function saleEvents(observation: Observation, targetName: string): readonly Event[] {
  return saleEventsByTarget(observation).get(targetName) ?? [];
}

/** `saleEvents` of every target at once, for who needs them all: the call graph is walked only once. */
export function saleEventsByTarget(observation: Observation): ReadonlyMap<string, readonly Event[]> {
  const graph = callGraph(observation.targets);
  const { occurrences } = saleOccurrences(observation, graph);
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
