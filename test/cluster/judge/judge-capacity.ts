import { demandSteps, formatInstant, type Need, type ReadySeen, type Span } from './trace.ts';

/** A step in which fewer pods were Ready than the demand needed. */
export interface ShortStep extends Span {
  readonly ready: number;
  readonly needed: number;
}

/** The steps of `span` in which the fewest Ready pods, at any instant of the step, could not serve the mean demand. */
export function findShortSteps(ready: readonly ReadySeen[], need: Need, span: Span): readonly ShortStep[] {
  return demandSteps(need, span)
    .map(({ start, end, demand }) => ({
      start,
      end,
      ready: fewestReady(ready, { start: Math.max(start, span.start), end: Math.min(end, span.end) }),
      needed: demand / need.capacityPerReplica,
    }))
    .filter(step => step.ready < step.needed);
}

/** Complaints when Ready pods could not serve the actual demand somewhere in `span`, or nothing was measured in it. */
export function judgeCapacity(ready: readonly ReadySeen[], need: Need, span: Span): readonly string[] {
  if (demandSteps(need, span).length === 0) return [`${need.workload}: no demand is known, nothing can be judged`];
  const short = findShortSteps(ready, need, span);
  const [first] = short;
  if (first === undefined) return [];
  const minutes = short.reduce((sum, { start, end }) => sum + (end - start) / 60_000, 0);
  return [
    `${need.workload}: short for ${minutes.toFixed(2)} minutes, first at ${formatInstant(first.start)} with ` +
      `${first.ready} Ready of ${first.needed.toFixed(1)} needed`,
  ];
}

/** The fewest Ready pods at any instant of a span; 0 before the first observation. */
function fewestReady(ready: readonly ReadySeen[], { start, end }: Span): number {
  const before = ready.findLast(({ at }) => at <= start)?.ready ?? 0;
  const during = ready.filter(({ at }) => at > start && at < end).map(seen => seen.ready);
  return Math.min(before, ...during);
}
