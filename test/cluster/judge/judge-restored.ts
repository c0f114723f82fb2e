import { findShortSteps } from './judge-capacity.ts';
import { type BoundsSeen, formatInstant, type Need, type ReadySeen, type Span, seenAt } from './trace.ts';

export interface RestoreAsk {
  readonly bounds: readonly BoundsSeen[];
  readonly ready: readonly ReadySeen[];
  readonly need: Need;
  readonly baseline: { readonly minReplicas: number; readonly maxReplicas: number };
  /** End of the last window that covered the target: the sale's end, or the instant it was deleted. */
  readonly endedAt: number;
  /** End of the recording. */
  readonly until: number;
}

/** Milliseconds after the end within which the restore must begin. */
const patienceMs = 120_000;

/** Complaints when a restore was too early, too late or incomplete, or removed pods that the demand still needed. */
export function judgeRestored({ bounds, ready, need, baseline, endedAt, until }: RestoreAsk): readonly string[] {
  const raised = Math.max(...bounds.filter(({ at }) => at <= endedAt).map(({ minReplicas }) => minReplicas));
  if (!(raised > baseline.minReplicas)) return [`${need.workload}: never raised, so nothing was restored`];
  const complaints: string[] = [];
  const lowered = bounds.find(({ at, minReplicas }) => at > endedAt && minReplicas < raised);
  const inForceAtEnd = seenAt(bounds, endedAt);
  if (inForceAtEnd !== undefined && inForceAtEnd.minReplicas <= baseline.minReplicas) {
    complaints.push(`${need.workload}: was at its baseline before the end at ${formatInstant(endedAt)}`);
  } else if (lowered === undefined || lowered.at > endedAt + patienceMs) {
    complaints.push(`${need.workload}: no restore within ${patienceMs / 1000} s of ${formatInstant(endedAt)}`);
  }
  const last = seenAt(bounds, until);
  if (last?.minReplicas !== baseline.minReplicas || last.maxReplicas !== baseline.maxReplicas) {
    const wanted = `${baseline.minReplicas}..${baseline.maxReplicas}`;
    complaints.push(`${need.workload}: left at ${last?.minReplicas}..${last?.maxReplicas}, the baseline is ${wanted}`);
  }
  return [...complaints, ...judgeRemovals(ready, need, { start: endedAt, end: until })];
}

/** Complaints about steps in which pods were removed that the demand of that step needed. */
function judgeRemovals(ready: readonly ReadySeen[], need: Need, span: Span): readonly string[] {
  const short = findShortSteps(ready, need, span).filter(step => {
    const most = Math.max(...ready.filter(({ at }) => at < step.end).map(seen => seen.ready));
    return most >= step.needed;
  });
  return short.map(
    step =>
      `${need.workload}: ${step.ready} Ready at ${formatInstant(step.start)}, ${step.needed.toFixed(1)} were needed and had been there`,
  );
}
