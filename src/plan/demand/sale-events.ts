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
  const events = new Map<string, Event[]>(graph.order.map(name => [name, []]));
  for (const occurrence of occurrences) {
    if (occurrence.start >= occurrence.end) continue;
    const event = keptEvent(occurrence);
    for (const name of occurrence.reaches) events.get(name)?.push(event);
  }
  return events;
}

/** Events by the spec that they were made from: a sale that does not change stays the same object. */
const keptEvents = new WeakMap<Occurrence['spec'], Event>();

function keptEvent(occurrence: Occurrence): Event {
  const { salePlan, start, end, spec, similar } = occurrence;
  const kept = keptEvents.get(spec);
  const isSame = kept !== undefined && kept.id === salePlan && kept.start === start && kept.end === end;
  if (isSame && (kept.similarTo ?? []).join() === (similar?.known ?? []).join()) return kept;
  const event = saleEvent(occurrence);
  keptEvents.set(spec, event);
  return event;
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
