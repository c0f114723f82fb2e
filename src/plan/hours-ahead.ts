import { isMissing, type Missing } from '../api/missing.ts';
import { ownValue } from '../api/names/own-value.ts';
import type { Observation } from '../observe/observation.ts';
import type { AcceptedNamespace } from './accept/accept-namespace.ts';
import { isReached, type Occurrence } from './accept/occurrence.ts';
import type { Curve } from './demand/curve.ts';
import type { DemandForecasts, ForecastWindow } from './demand/demand-forecasts.ts';
import { fanOut, targetTotalDemand } from './demand/fan-out.ts';
import { withCallers } from './demand/plan-forecast-windows.ts';
import { countedSales } from './floor/schedule-sales.ts';

const windowId = 'hours';
/** Milliseconds ahead that a viewer of a target is shown. */
const shownMs = 6 * 3_600_000;

type Seen = Pick<AcceptedNamespace, 'graph' | 'occurrences'>;

/** Plans the window of the six hours from now on for one target and its callers, with the sales in it. */
export function hoursWindow(observation: Observation, { graph, occurrences }: Seen, target: string): ForecastWindow {
  const { now } = observation;
  const end = now + shownMs;
  const sales = new Set(salesWithin(observation, occurrences, end).map(({ salePlan }) => salePlan));
  return { id: windowId, start: now, end, targets: withCallers([target], graph), sales, isCurrent: true };
}

/** The demand of that target with all sales of the window, from its forecast; or why it is not known. */
export function hoursDemand(
  forecasts: DemandForecasts,
  { observation, target, seen }: { readonly observation: Observation; readonly target: string; readonly seen: Seen },
): Curve | Missing {
  const own = forecasts[windowId] ?? {};
  const forecast = ownValue(own, target) ?? { missing: 'no forecast was made' };
  if (isMissing(forecast)) return forecast;
  const sales = salesWithin(observation, seen.occurrences, observation.now + shownMs);
  const demand = fanOut(seen.graph, sales, own).get(target);
  if (demand === undefined) return { missing: 'it is in a circle of calls' };
  return targetTotalDemand(
    demand,
    sales.filter(sale => isReached(sale, target)),
  );
}

function salesWithin(observation: Observation, occurrences: readonly Occurrence[], end: number): readonly Occurrence[] {
  return countedSales(occurrences, observation).filter(sale => sale.start < end && observation.now < sale.end);
}
