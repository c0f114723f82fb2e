import { type Curve, highestStep, type Row, rowOf, stepAt, timeOf } from '../demand/curve.ts';
import { medianLevel } from '../demand/levels.ts';

/** Milliseconds before now in which the peak may lie that a floor held daily covers. */
const behindMs = 6 * 3_600_000;

/** Epoch ms at which the peak ends that the floor is held for at `now`: the highest P50 from six hours ago to `aheadMs`. */
export function dailyPeakOver(total: Curve, aheadMs: number, now: number): number {
  const from = stepAt(total, now - behindMs);
  const to = Math.max(from + 1, stepAt(total, now + aheadMs) + 1);
  return timeOf(total, highestStep(rowOf(total, medianLevel), from, Math.min(total.steps, to)) + 1);
}

/** The highest value at a quantile level of each step and the next `aheadMs`, in requests per second. */
export function restAhead(curve: Curve, aheadMs: number, level: number): readonly number[] {
  const steps = Math.ceil(aheadMs / (curve.stepSeconds * 1000)) + 1;
  return slidingMaximum(rowOf(curve, level), steps);
}

/** The highest of each value and the `steps` − 1 after it. */
export function slidingMaximum(row: Row, steps: number): readonly number[] {
  const highest = new Array<number>(row.length).fill(0);
  const falling: number[] = [];
  let head = 0;
  for (let step = row.length - 1; step >= 0; step--) {
    const value = row[step] ?? 0;
    while (falling.length > head && (row[falling.at(-1) ?? 0] ?? 0) <= value) falling.pop();
    falling.push(step);
    while ((falling[head] ?? 0) >= step + steps) head += 1;
    highest[step] = row[falling[head] ?? step] ?? 0;
  }
  return highest;
}
