const boundaryMs = 6 * 3_600_000;
/** Samples may arrive late, so a boundary counts only once what was measured before it has settled. */
const settleMs = 10 * 60_000;

/**
 * Up to when models may see data: the last of 0, 6, 12 and 18 o'clock UTC that is at least ten minutes past at `now`
 * (epoch ms). Every process that plans between two boundaries fits the same model, so a restart changes no byte of a plan.
 */
export function fitBoundary(now: number): number {
  return Math.floor((now - settleMs) / boundaryMs) * boundaryMs;
}

/** When the boundary changes next after `now`, epoch ms. */
export function nextFit(now: number): number {
  return fitBoundary(now) + boundaryMs + settleMs;
}
