import type { DemandForecast, EventForecast } from '../../../forecasts/index.ts';
import type { CallGraph } from '../../api/call-graph.ts';
import { isMissing, type Missing } from '../../api/missing.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { isReached, type Occurrence } from '../accept/occurrence.ts';
import { combineExtras } from './audience-groups.ts';
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
    const reaching = occurrences.filter(occurrence => isReached(occurrence, name));
    const base = isMissing(forecast) ? forecast : curveOf(forecast.base);
    const extras = new Map<string, Extra>();
    for (const occurrence of reaching) {
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
  const known = reaching.flatMap(({ salePlan, spec }) => {
    const curve = extras.get(salePlan)?.curve;
    return curve === undefined ? [] : [{ group: spec.audienceGroup, curve }];
  });
  const unknown = reaching.find(({ salePlan }) => !extras.has(salePlan));
  if (unknown !== undefined) return { missing: `what ${unknown.sale} brings is unknown` };
  return sumCurves(
    base,
    [base, ...combineExtras(known)].map(curve => ({ curve })),
  );
}

interface OwnExtra {
  readonly curve: Curve;
  readonly pastEvents: number;
  readonly pastPeakRatios: readonly number[];
  readonly range: RangeSource;
}

function ownExtra(forecast: DemandForecast | Missing, salePlan: string): OwnExtra | undefined {
  if (isMissing(forecast)) return undefined;
  const found = forecast.extras.find(({ event }) => event === salePlan);
  if (found === undefined) return undefined;
  const { extra, pastEvents, pastPeakRatios = [], width = [], unseen = [] } = found;
  return { curve: curveOf(extra), pastEvents, pastPeakRatios, range: { width, unseen } };
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
  const calls = (graph.callers.get(name) ?? []).filter(({ caller }) => isReached(occurrence, caller));
  const parts = calls.map(({ caller, perRequest }): WeightedCurve | undefined => {
    const extra = demands.get(caller)?.extras.get(occurrence.salePlan);
    return extra === undefined ? undefined : { curve: extra.curve, ratio: perRequest };
  });
  const known = parts.filter(part => part !== undefined);
  const [first] = known;
  if (first === undefined || known.length < parts.length) return undefined;
  return sumCurves(isMissing(base) ? first.curve : base, known);
}

function chooseExtra(own: OwnExtra | undefined, callers: Curve | undefined): Extra | undefined {
  if (callers === undefined) {
    if (own === undefined) return undefined;
    return { curve: own.curve, source: 'Own', pastPeakRatios: own.pastPeakRatios, range: own.range };
  }
  if (own === undefined || own.pastEvents < enoughPastSales) return { curve: callers, source: 'Callers' };
  return {
    curve: largerCurve(own.curve, callers),
    source: 'Larger',
    peaks: { own: peakOf(own.curve), callers: peakOf(callers) },
  };
}

function peakOf(curve: Curve): number {
  const row = rowOf(curve, floorLevel);
  return row[highestStep(row)] ?? 0;
}
