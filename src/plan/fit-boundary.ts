const boundaryMs = 6 * 3_600_000;

/**
 * Up to when models may see data: the last of 0, 6, 12 and 18 o'clock UTC at or before `now` (epoch ms). Every process that
 * plans between two boundaries fits the same model, so a restart changes no byte of a plan.
 */
export function fitBoundary(now: number): number {
  return Math.floor(now / boundaryMs) * boundaryMs;
}

/** The boundary after `now`, epoch ms. */
export function nextFitBoundary(now: number): number {
  return fitBoundary(now) + boundaryMs;
}
