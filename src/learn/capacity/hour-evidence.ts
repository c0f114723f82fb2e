/** One step in which all replicas that were wanted were ready. */
export interface ServedStep {
  /** Requests per second per ready replica. */
  readonly rate: number;
  /** Whether the objective held. */
  readonly held: boolean;
}

/** What the steps of an hour show of the capacity. */
export interface HourEvidence {
  /** Requests per second per ready replica at which the objective held. */
  readonly heldAt?: number;
  /** Requests per second per ready replica from which on it did not hold. */
  readonly brokeAt?: number;
}

/** Steps that must be over the objective before it was the load. */
const fewestBroken = 3;
/** Share of the steps that may lie on the wrong side of the rate at which the objective breaks. */
const mostOdd = 0.2;

/**
 * Finds the rate that parts the steps in which the objective held from those in which it did not.
 *
 *   steps over the objective                          shown
 *   none, or at most two                              held at the third highest rate: one odd step proves nothing
 *   three and more, above those that held             held at the highest rate below, broke at the lowest above
 *   at many loads, high and low                       nothing: it was not the load, as in an hour of errors
 *   all                                               nothing: nobody knows whether it was the load
 */
export function hourEvidence(steps: readonly ServedStep[]): HourEvidence | undefined {
  const sorted = steps.filter(({ rate }) => rate > 0).toSorted((a, b) => a.rate - b.rate);
  const broken = sorted.filter(({ held }) => !held).length;
  const heldRates = sorted.filter(({ held }) => held).map(({ rate }) => rate);
  if (broken < fewestBroken) return heldRates.length < fewestBroken ? undefined : { heldAt: heldRates.at(-3) ?? 0 };
  if (heldRates.length < fewestBroken) return undefined;
  const split = bestSplit(sorted);
  if (split.odd > mostOdd * sorted.length) return undefined;
  const below = sorted.slice(0, split.index).filter(({ held }) => held);
  const above = sorted.slice(split.index).filter(({ held }) => !held);
  const [heldAt, brokeAt] = [below.at(-1)?.rate, above[0]?.rate];
  if (above.length < fewestBroken || heldAt === undefined || brokeAt === undefined) return undefined;
  return { heldAt, brokeAt };
}

/** Finds the index that leaves the fewest broken steps before it and the fewest held ones from it on. */
function bestSplit(sorted: readonly ServedStep[]): { readonly index: number; readonly odd: number } {
  let odd = sorted.filter(({ held }) => held).length;
  let best = { index: 0, odd };
  for (const [index, { held }] of sorted.entries()) {
    odd += held ? -1 : 1;
    if (odd < best.odd) best = { index: index + 1, odd };
  }
  return best;
}
