import type { Series } from '../../../forecasts/index.ts';

/** A caller: its demand in requests per second, and the calls that it declares for each of its requests. */
export interface DeclaredCaller {
  readonly demand: Series;
  readonly perRequest: number;
}

/** Share of the steps of a time that must be measured at both ends. */
const measuredShare = 0.5;

/**
 * Measures by what factor the demand of a called target differs from what its callers' declared calls give, over the
 * steps of [from, until), epoch ms: the median, so that odd minutes do not count. Of several callers nobody knows whose
 * requests came, so the factor is of all of them. Undefined where less than half of the steps are known at all ends, or
 * their steps differ.
 */
export function callFactor(
  called: Series,
  callers: readonly DeclaredCaller[],
  { from, until }: { readonly from: number; readonly until: number },
): number | undefined {
  const stepMs = called.stepSeconds * 1000;
  const isSame = callers.every(
    ({ demand }) => demand.stepSeconds === called.stepSeconds && (demand.start - called.start) % stepMs === 0,
  );
  if (!isSame || callers.length === 0) return undefined;
  const first = Math.max(0, Math.ceil((from - called.start) / stepMs));
  const last = Math.min(called.values.length, Math.floor((until - called.start) / stepMs));
  const factors: number[] = [];
  for (let step = first; step < last; step++) {
    const declared = declaredAt(callers, called.start + step * stepMs);
    const measured = called.values[step] ?? undefined;
    if (declared !== undefined && declared > 0 && measured !== undefined) factors.push(measured / declared);
  }
  if (factors.length === 0 || factors.length * stepMs < measuredShare * (until - from)) return undefined;
  return factors.sort((a, b) => a - b)[factors.length >> 1];
}

/** The calls per second that the callers declare at an instant; undefined where the demand of one is not known. */
function declaredAt(callers: readonly DeclaredCaller[], at: number): number | undefined {
  let sum = 0;
  for (const { demand, perRequest } of callers) {
    const value = demand.values[(at - demand.start) / (demand.stepSeconds * 1000)] ?? undefined;
    if (value === undefined) return undefined;
    sum += value * perRequest;
  }
  return sum;
}
