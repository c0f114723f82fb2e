import type { CallGraph } from '../../api/call-graph.ts';
import { isMissing } from '../../api/missing.ts';
import { isReached, type Occurrence } from '../accept/occurrence.ts';
import { type Curve, type Row, rowOf } from './curve.ts';
import type { TargetDemand } from './fan-out.ts';
import { medianLevel } from './levels.ts';
import { sumCurves } from './sum-curves.ts';

/** The least demand of one target over a sale, in requests per second; one row, which stands for every level. */
export type MinimumDemand = Curve;

/**
 * Computes the demand that capacity is kept for in one sale whatever is forecast (`minPeakPercent`), by target name;
 * empty when the sale states none.
 *
 *   target          what the sale adds at least                     →  least demand
 *   entry point     P50 of the base × (minPeakPercent ÷ 100 − 1)        P50 of the base + that
 *   behind it       Σ callers' least extra × calls per request          P50 of the base + that
 *   either          unknown, because a base on the way is               none
 */
export function minimumDemand(
  graph: CallGraph,
  occurrence: Occurrence,
  demands: ReadonlyMap<string, TargetDemand>,
): ReadonlyMap<string, MinimumDemand> {
  const { minPeakPercent } = occurrence.spec;
  const least = new Map<string, MinimumDemand>();
  if (minPeakPercent === undefined) return least;
  const extras = new Map<string, Curve>();
  for (const name of graph.order.filter(one => isReached(occurrence, one))) {
    const base = demands.get(name)?.base;
    if (base === undefined || isMissing(base)) continue;
    const median = allLevels(base, rowOf(base, medianLevel));
    const extra = occurrence.entryPoints.includes(name)
      ? sumCurves(median, [{ curve: median, ratio: minPeakPercent / 100 - 1 }])
      : callersExtra(name, median, { graph, occurrence, extras });
    if (extra === undefined) continue;
    extras.set(name, extra);
    least.set(name, sumCurves(median, [{ curve: median }, { curve: extra }]));
  }
  return least;
}

function callersExtra(
  name: string,
  grid: Curve,
  known: { readonly graph: CallGraph; readonly occurrence: Occurrence; readonly extras: ReadonlyMap<string, Curve> },
): Curve | undefined {
  const { graph, occurrence, extras } = known;
  const calls = (graph.callers.get(name) ?? []).filter(({ caller }) => isReached(occurrence, caller));
  const parts = calls.flatMap(({ caller, perRequest }) => {
    const curve = extras.get(caller);
    return curve === undefined ? [] : [{ curve, ratio: perRequest }];
  });
  return parts.length === 0 || parts.length < calls.length ? undefined : sumCurves(grid, parts);
}

function allLevels(grid: Curve, row: Row): Curve {
  return { start: grid.start, stepSeconds: grid.stepSeconds, steps: grid.steps, levels: [medianLevel], rows: [row] };
}
