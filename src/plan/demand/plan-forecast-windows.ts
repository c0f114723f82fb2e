import type { CallGraph } from '../../api/call-graph.ts';
import type { Observation } from '../../observe/observation.ts';
import type { AcceptedNamespace } from '../accept/accept-namespace.ts';
import { currentHorizonMs, isCurrent, longestLeadOf } from '../accept/current-sales.ts';
import { isDueOrAhead, type Occurrence } from '../accept/occurrence.ts';
import { besideUntil } from './beside-until.ts';
import type { ForecastWindow } from './demand-forecasts.ts';
import { costLevels } from './levels.ts';

/** Id of the window just ahead; it differs from every SalePlan's name, because those end in a time. */
export const aheadWindow = 'ahead';

/**
 * Plans the windows that need forecasts: the time just ahead, as long as the longest lead time plus a tick, for the
 * targets with ordinary peaks; and each sale that is not over, from its start, by the name of its SalePlan, for the
 * targets that it reaches and all their callers, because another sale may arrive along those calls. Where the policy
 * states a cost, at all levels that it may choose.
 */
export function planForecastWindows(
  observation: Observation,
  { graph, occurrences }: Pick<AcceptedNamespace, 'graph' | 'occurrences'>,
  /** Names of the SalePlans to plan windows for. @default all */
  only?: ReadonlySet<string>,
): readonly ForecastWindow[] {
  const { now } = observation;
  const open = occurrences.filter(occurrence => isDueOrAhead(occurrence, now));
  const horizonMs = currentHorizonMs(observation);
  const sales = open
    .filter(({ salePlan }) => only?.has(salePlan) ?? true)
    .map((occurrence): ForecastWindow => {
      const { salePlan, start, end, reaches } = occurrence;
      return {
        id: salePlan,
        start,
        end,
        targets: withCallers(reaches, graph),
        sales: new Set(salesIn(open, { start, end: Math.min(end, besideUntil(start, now)) })),
        isCurrent: isCurrent(occurrence, now, horizonMs),
      };
    });
  const windows = [...ordinaryWindow(observation, open), ...sales];
  return observation.policy.cost === undefined ? windows : windows.map(window => ({ ...window, levels: costLevels }));
}

function ordinaryWindow({ now, targets, limits }: Observation, open: readonly Occurrence[]): readonly ForecastWindow[] {
  const peaking = targets.filter(({ target }) => target.spec.ordinaryPeaks);
  if (peaking.length === 0) return [];
  const leads = peaking.map(longestLeadOf);
  const end = now + (Math.max(...leads) + limits.tickSeconds) * 1000;
  const names = peaking.map(({ target }) => target.metadata.name);
  const sales = new Set(salesIn(open, { start: now, end }));
  return [{ id: aheadWindow, start: now, end, targets: names, sales, isCurrent: true }];
}

function salesIn(open: readonly Occurrence[], { start, end }: { readonly start: number; readonly end: number }) {
  return open.filter(other => other.start < end && start < other.end).map(({ salePlan }) => salePlan);
}

/**
 * The targets and all their direct and indirect callers, by name. Goes backwards, because the graph lists callers
 * first.
 */
export function withCallers(names: readonly string[], graph: CallGraph): readonly string[] {
  const wanted = new Set(names);
  for (const name of graph.order.toReversed())
    if (wanted.has(name)) for (const { caller } of graph.callers.get(name) ?? []) wanted.add(caller);
  return [...wanted].sort();
}
