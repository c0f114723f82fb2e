/** Equal stretches that a day is cut into, the last cut short where they do not divide it. */
export interface DayBins {
  /** How many a day. */
  readonly bins: number;
  readonly binMs: number;
}

const dayMs = 86_400_000;
const finestBinMs = 300_000;

/** Bins of a step, though of five minutes at least and of a day at most. */
export function dayBins(stepMs: number): DayBins {
  const binMs = Math.min(dayMs, Math.max(finestBinMs, stepMs));
  return { bins: Math.ceil(dayMs / binMs), binMs };
}
