import type { DemandForecast, EventForecast } from '../../../forecasts/index.ts';
import type { CallGraph } from '../../api/call-graph.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { isReached, type Occurrence } from '../accept/occurrence.ts';
import { combineExtras, type GroupedExtra } from './audience-groups.ts';
import { type Curve, curveOf, highestStep, largerCurve, rowOf } from './curve.ts';
import { floorLevel } from './levels.ts';
import { sumCurves, type WeightedCurve } from './sum-curves.ts';

/** Number of past sales from which a target's own model of a sale counts beside its callers' calls. */
const enoughPastSales = 3;

/** Demand of one target in one window. */
export interface TargetDemand {
  /** Demand without sales. */
  readonly base: Curve | Missing;
  /**
   * Extra demand per sale that overlaps the window, by SalePlan; that of a reaching sale without an entry is unknown.
   */
  readonly extras: ReadonlyMap<string, Extra>;
}

/** What the range of a sale's own model comes from: the shares of its width, and what no past sale had. */
export type RangeSource = Readonly<Required<Pick<EventForecast, 'width' | 'unseen'>>>;

export interface Extra {
  readonly curve: Curve;
  /** Origin of the extra; `Larger` = both are known and the larger counts, step by step. */
  readonly source: 'Own' | 'Callers' | 'Larger';
  /** Highest P95 of the own model and of the callers' calls, in requests per second; present where both are known. */
  readonly peaks?: { readonly own: number; readonly callers: number };
  /**
   * Peaks of past sales here as multiples of the demand without them, oldest first; present where the own model counts.
   */
  readonly pastPeakRatios?: readonly number[];
  /** What the range comes from at its highest step, where the own model counts. */
  readonly range?: RangeSource;
}

/**
 * Computes the demand of every target over one window: its own base, and what each sale adds, passed on from the entry
 * points along the calls.
 *
 *   target          own model of the sale   callers'   →  extra
 *   entry point     any                     –             own
 *   behind it       ≥ 3 past sales          known         the larger, step by step; both peaks are reported
 *   behind it       ≥ 3 past sales          unknown       own
 *   behind it       fewer                   known         Σ callers' extra × calls per request
 *   behind it       fewer                   unknown       own, because nothing else is known
 *
 * Quantiles add level by level, which is deliberately conservative.
 */
export function fanOut(
  graph: CallGraph,
  occurrences: readonly Occurrence[],
  forecasts: Readonly<Record<string, DemandForecast | Missing>>,
): ReadonlyMap<string, TargetDemand> {
  const demands = new Map<string, TargetDemand>();
  for (const name of graph.order) {
    const forecast = ownValue(forecasts, name) ?? { missing: 'no forecast was made' };
    const base = isMissing(forecast) ? forecast : curveOf(forecast.base);
    const extras = new Map<string, Extra>();
    for (const occurrence of occurrences) {
      if (!isReached(occurrence, name)) continue;
      const own = ownExtra(forecast, occurrence.salePlan);
      const isEntry = occurrence.entryPoints.includes(name);
      const callers = isEntry ? undefined : callersExtra({ name, occurrence, graph, demands, base });
      const extra = chooseExtra(own, callers);
      if (extra !== undefined) extras.set(occurrence.salePlan, extra);
    }
    demands.set(name, { base, extras });
  }
  return demands;
}

/**
 * The base and the extras of the named sales together, those of one audience group once; missing where the base or one
 * of the extras is missing.
 */
export function targetTotalDemand(demand: TargetDemand, reaching: readonly Occurrence[]): Curve | Missing {
  const { base, extras } = demand;
  if (isMissing(base)) return base;
  const known: GroupedExtra[] = [];
  for (const { sale, salePlan, spec } of reaching) {
    const curve = extras.get(salePlan)?.curve;
    if (curve === undefined) return { missing: `what ${sale} brings is unknown` };
    known.push({ group: spec.audienceGroup, curve });
  }
  return sumCurves(
    base,
    [base, ...combineExtras(known)].map(curve => ({ curve })),
  );
}

function ownExtra(forecast: DemandForecast | Missing, salePlan: string): EventForecast | undefined {
  return isMissing(forecast) ? undefined : forecast.extras.find(({ event }) => event === salePlan);
}

/** Σ callers' extra × calls per request; undefined when the extra of a caller that the sale reaches is unknown. */
function callersExtra(input: {
  readonly name: string;
  readonly occurrence: Occurrence;
  readonly graph: CallGraph;
  readonly demands: ReadonlyMap<string, TargetDemand>;
  readonly base: Curve | Missing;
}): Curve | undefined {
  const { name, occurrence, graph, demands, base } = input;
  const parts: WeightedCurve[] = [];
  for (const { caller, perRequest } of graph.callers.get(name) ?? []) {
    if (!isReached(occurrence, caller)) continue;
    const extra = demands.get(caller)?.extras.get(occurrence.salePlan);
    if (extra === undefined) return undefined;
    parts.push({ curve: extra.curve, ratio: perRequest });
  }
  const [first] = parts;
  return first === undefined ? undefined : sumCurves(isMissing(base) ? first.curve : base, parts);
}

function chooseExtra(own: EventForecast | undefined, callers: Curve | undefined): Extra | undefined {
  if (own === undefined || (callers !== undefined && own.pastEvents < enoughPastSales))
    return callers && { curve: callers, source: 'Callers' };
  const curve = curveOf(own.extra);
  const { width = [], unseen = [], pastPeakRatios = [] } = own;
  if (callers === undefined) return { curve, source: 'Own', pastPeakRatios, range: { width, unseen } };
  return {
    curve: largerCurve(curve, callers),
    source: 'Larger',
    peaks: { own: peakOf(curve), callers: peakOf(callers) },
  };
}

function peakOf(curve: Curve): number {
  const row = rowOf(curve, floorLevel);
  return row[highestStep(row)] ?? 0;
}
