import type { Observation } from '../observe/observation.ts';
import { callGraph } from './call-graph.ts';
import type { ForecastWindow } from './demand-forecasts.ts';
import { isDueOrAhead, saleOccurrences } from './sale-occurrences.ts';

/** The id of the window just ahead; no SalePlan is called so, because their names end in a time. */
export const aheadWindow = 'ahead';

/**
 * The stretches that forecasts are needed for: the time just ahead where any target has ordinary peaks, as long as the
 * longest lead time and a tick; and each sale that is not over, from its start, by the name of its SalePlan.
 */
export function planForecastWindows(observation: Observation): readonly ForecastWindow[] {
  const { now, targets } = observation;
  const { occurrences } = saleOccurrences(observation, callGraph(targets));
  const sales = occurrences
    .filter(occurrence => isDueOrAhead(occurrence, now))
    .map(({ salePlan, start, end }) => ({ id: salePlan, start, end }));
  const leads = targets.filter(({ target }) => target.spec.ordinaryPeaks).map(({ leadTime }) => leadTime.seconds);
  if (leads.length === 0) return sales;
  const aheadMs = (Math.max(...leads) + observation.limits.tickSeconds) * 1000;
  return [{ id: aheadWindow, start: now, end: now + aheadMs }, ...sales];
}
