const boundaryMs = 6 * 3_600_000;
/** Milliseconds until late samples have arrived, after which a boundary counts. */
const settleMs = 10 * 60_000;

/**
 * The end of the data that models may use (epoch ms): the last of 0, 6, 12 and 18 o'clock UTC that is at least ten
 * minutes before `now` (epoch ms). Every process that plans between two boundaries fits the same model, so a restart
 * does not change the plan.
 */
export function fitBoundary(now: number): number {
  return Math.floor((now - settleMs) / boundaryMs) * boundaryMs;
}

/** The next change of the boundary after `now`, epoch ms. */
export function nextFit(now: number): number {
  return fitBoundary(now) + boundaryMs + settleMs;
}
