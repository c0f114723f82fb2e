import type { Blend } from './blend-events.ts';
import type { EventClock } from './event-clock.ts';
import { smoothCurve } from './smooth-curve.ts';

/** What a blend is made of, on the model's scale. */
export interface Curves {
  /** One a past event, one value a knot. */
  readonly uplifts: readonly Float64Array[];
  /** The prior's, one value a knot. */
  readonly shape: Float64Array;
}

/** The curve of a blend: its constant, its part of the prior and its shares of past uplifts, smoothed; 0 without a blend. */
export function blendCurve(clock: EventClock, blend: Blend | undefined, { uplifts, shape }: Curves): Float64Array {
  const point = new Float64Array(shape.length);
  if (blend === undefined) return point;
  point.fill(blend.constant);
  addTimes(point, blend.prior, shape);
  for (let k = 0; k < uplifts.length; k++) addTimes(point, blend.shares[k] as number, uplifts[k] as Float64Array);
  return smoothCurve(clock, point);
}

/** sum += share · values */
function addTimes(sum: Float64Array, share: number, values: Float64Array): void {
  if (share === 0) return;
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + share * (values[i] as number);
}
