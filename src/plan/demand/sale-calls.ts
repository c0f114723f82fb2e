import type { Call, CallGraph } from '../../api/call-graph.ts';
import { parseInstant } from '../../api/instant.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import { isNight } from '../../learn/calls/learn-calls.ts';
import { type SaleRatio, saleRatio } from '../../learn/calls/sale-ratio.ts';
import type { Observation } from '../../observe/observation.ts';

/** The calls by which one sale is passed on, and where they are not the declared ones. */
interface SaleCalls {
  /** The call graph with the ratios of the sale. */
  readonly graph: CallGraph;
  /** By called target: its callers whose ratio is not the declared one. */
  readonly corrected: ReadonlyMap<string, readonly CorrectedCall[]>;
}

/** A call whose ratio in a sale is not the declared one. */
export interface CorrectedCall {
  readonly caller: string;
  readonly to: string;
  readonly ratio: SaleRatio;
}

/**
 * Corrects the ratios of a call graph for a sale that starts at `start`, epoch ms: by the reviews of past sales that were
 * written until then, so that nothing is lowered inside a running sale by what another one shows, and by the targets'
 * statuses. Where nothing was measured it is the graph itself.
 */
export function saleCalls(
  graph: CallGraph,
  { targets, salePlans }: Pick<Observation, 'targets' | 'salePlans'>,
  start: number,
): SaleCalls {
  const measured = measuredCalls(salePlans, start);
  const statuses = new Map(targets.map(one => [one.target.metadata.name, one]));
  if (measured.size === 0 && targets.every(({ target }) => target.status?.callRatios === undefined))
    return { graph, corrected: new Map() };
  const corrected = new Map<string, readonly CorrectedCall[]>();
  const callers = new Map(
    [...graph.callers].map(([name, calls]) => {
      const changed: CorrectedCall[] = [];
      const ratios = calls.map((call): Call => {
        const from = statuses.get(call.caller);
        const ratio = saleRatio({
          declared: Math.round(call.perRequest * 1000),
          past: measured.get(`${call.caller} ${name}`) ?? [],
          outside: from?.target.status?.callRatios?.find(({ target }) => target === name),
          isNight: isNight(start, from?.clock),
        });
        if (ratio.perThousandRequests === ratio.declared) return call;
        changed.push({ caller: call.caller, to: name, ratio });
        return { ...call, perRequest: ratio.perThousandRequests / 1000 };
      });
      if (changed.length > 0) corrected.set(name, changed);
      return [name, ratios] as const;
    }),
  );
  return corrected.size === 0 ? { graph, corrected } : { graph: { ...graph, callers }, corrected };
}

/** What past sales measured of each call, by caller and called target; reviews after `start` do not count. */
function measuredCalls(salePlans: readonly SalePlan[], start: number): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { status } of salePlans) {
    if (status?.review === undefined || parseInstant(status.review.reviewedAt) > start) continue;
    for (const { target, calls = [] } of status.review.targets) {
      for (const { caller, perThousandRequests } of calls) {
        const key = `${caller} ${target}`;
        found.set(key, [...(found.get(key) ?? []), perThousandRequests]);
      }
    }
  }
  return found;
}
