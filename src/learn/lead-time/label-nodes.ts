import type { ScaleUp } from './scale-up.ts';

/** A finished scale-up, with whether it needed nodes. */
export interface LabelledStart {
  readonly added: number;
  readonly seconds: number;
  readonly neededNodes: boolean;
}

/** Ratio of two neighbouring times from which they are of two kinds: with nodes and without. */
const leastRatio = 1.8;
/** Factor by which that step exceeds every other one. */
const leastDistinction = 2;

/**
 * Labels finished scale-ups. Where nobody saw the pods, a scale-up needed nodes when its time is beyond a gap that parts
 * all times in two groups.
 */
export function labelNodes(scaleUps: readonly ScaleUp[]): readonly LabelledStart[] {
  const finished = scaleUps.flatMap(({ seconds, ...rest }) => (seconds === undefined ? [] : [{ ...rest, seconds }]));
  const limit = findGap(finished.map(({ seconds }) => Math.log(Math.max(1, seconds))));
  return finished.map(({ added, seconds, neededNodes }) => ({
    added,
    seconds,
    neededNodes: neededNodes ?? Math.log(Math.max(1, seconds)) > limit,
  }));
}

/** Finds the middle of the gap between two groups of values; infinite where there is one group. */
function findGap(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((value, index) => ({
    size: value - (sorted[index] ?? value),
    middle: (value + (sorted[index] ?? value)) / 2,
  }));
  const [largest, second] = steps.toSorted((a, b) => b.size - a.size);
  const isGap =
    largest !== undefined &&
    second !== undefined &&
    largest.size >= Math.log(leastRatio) &&
    largest.size >= leastDistinction * second.size;
  return isGap ? largest.middle : Number.POSITIVE_INFINITY;
}
