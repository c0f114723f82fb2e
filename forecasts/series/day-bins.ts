/** Division of a day into bins of equal length; the last bin is shorter where they do not divide the day. */
export interface DayBins {
  /** Number of bins per day. */
  readonly bins: number;
  readonly binMs: number;
}

const dayMs = 86_400_000;
const finestBinMs = 300_000;

/** Bins as long as a step, but at least five minutes and at most a day. */
export function dayBins(stepMs: number): DayBins {
  const binMs = Math.min(dayMs, Math.max(finestBinMs, stepMs));
  return { bins: Math.ceil(dayMs / binMs), binMs };
}
