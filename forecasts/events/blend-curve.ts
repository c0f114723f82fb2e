import type { Blend } from './blend-events.ts';
import type { EventClock } from './event-clock.ts';
import { smoothCurve } from './smooth-curve.ts';

/** The curves that a blend adds up, on the model's scale, one value per knot. */
export interface BlendedCurves {
  /** One curve per past event. */
  readonly uplifts: readonly Float64Array[];
  /** The shape of the prior. */
  readonly shape: Float64Array;
}

/** The curve of a blend: constant + prior + shares of past uplifts, smoothed; 0 without a blend. */
export function blendCurve(
  clock: EventClock,
  blend: Blend | undefined,
  { uplifts, shape }: BlendedCurves,
): Float64Array {
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
