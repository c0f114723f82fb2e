import type { CallGraph } from '../../api/call-graph.ts';
import type { Observation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import { isDueOrAhead } from '../accept/occurrence.ts';
import type { ForecastWindow } from './demand-forecasts.ts';

/** Id of the window just ahead; it differs from every SalePlan's name, because those end in a time. */
export const aheadWindow = 'ahead';

/**
 * Plans the windows that need forecasts: the time just ahead, as long as the longest lead time plus a tick, for the
 * targets with ordinary peaks; and each sale that is not over, from its start, by the name of its SalePlan, for the
 * targets that it reaches and all their callers, because another sale may arrive along those calls.
 */
export function planForecastWindows(
  observation: Observation,
  { graph, occurrences }: Pick<AcceptedNamespace, 'graph' | 'occurrences'>,
): readonly ForecastWindow[] {
  const { now, targets } = observation;
  const sales = occurrences
    .filter(occurrence => isDueOrAhead(occurrence, now))
    .map(({ salePlan, start, end, reaches }) => ({ id: salePlan, start, end, targets: withCallers(reaches, graph) }));
  const peaking = targets.filter(({ target }) => target.spec.ordinaryPeaks);
  if (peaking.length === 0) return sales;
  const leads = peaking.map(({ leadTime }) => leadTime.seconds);
  const aheadMs = (Math.max(...leads) + observation.limits.tickSeconds) * 1000;
  const names = peaking.map(({ target }) => target.metadata.name);
  return [{ id: aheadWindow, start: now, end: now + aheadMs, targets: names }, ...sales];
}

/**
 * The targets and all their direct and indirect callers, by name. Goes backwards, because the graph lists callers
 * first.
 */
function withCallers(names: readonly string[], graph: CallGraph): readonly string[] {
  const wanted = new Set(names);
  for (const name of graph.order.toReversed())
    if (wanted.has(name)) for (const { caller } of graph.callers.get(name) ?? []) wanted.add(caller);
  return [...wanted].sort();
}
