import type { Decomposition } from '../../decomposition.ts';
import type { EventClock } from '../event-clock.ts';
import { type Calm, type demandPeak, upliftFor } from '../event-peak.ts';
import { priorShape } from '../prior-shape.ts';
import { upliftUnit } from '../uplift-unit.ts';

/** The curve of an event whose peak is moved. */
export interface MovableCurve {
  readonly fitted: Decomposition;
  readonly clock: EventClock;
  /** Uplift on the model's scale, one value per knot. */
  readonly curve: Float64Array;
  readonly calm: Calm;
  /** Finds the knot of the peak. */
  readonly peakOf: typeof demandPeak;
  /** Share (0–1) of the peak's move that the rest of the curve follows. */
  readonly restShare: number;
}

/** Distance from the peak over which the move falls by a factor of e towards the share of the rest. */
const nearPeakMs = 60_000;
/** Uplift, in units, below which the prior's shape is moved instead of the curve's own. */
const flatUplift = 0.1;
/** Rounds at most: the move may make another knot the peak, which is then moved in the same direction. */
const mostRounds = 4;

/** The curve, moved so that its peak is e^logRatio times the demand without the event. */
export function movePeak(input: MovableCurve, logRatio: number): Float64Array {
  const { fitted, clock, calm, peakOf } = input;
  let { curve } = input;
  let direction = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { knot } = peakOf(fitted, clock, curve, calm);
    const gap = upliftFor(fitted, logRatio, calm(knot)) - (curve[knot] as number);
    if (Math.abs(gap) < 1e-9 * upliftUnit(fitted) || direction * gap < 0) break;
    direction = gap;
    const along = alongPeak({ ...input, curve }, knot);
    curve = curve.map((value, i) => value + gap * (along[i] as number));
  }
  return curve;
}

/** How much each knot moves with the knot `peak`, 0–1: in proportion to its own uplift, and less away from the peak. */
export function alongPeak({ fitted, clock, curve, restShare }: MovableCurve, peak: number): Float64Array {
  const { event, knots } = clock;
  const height = curve[peak] as number;
  const isFlat = height <= flatUplift * upliftUnit(fitted);
  const peakMs = knots[peak] as number;
  return knots.map((knot, i) => {
    if (i === peak) return 1;
    const shape = isFlat ? priorShape(event, event.start + knot) : (curve[i] as number) / height;
    const near = Math.exp(-Math.abs(knot - peakMs) / nearPeakMs);
    return Math.min(1, Math.max(0, shape)) * (restShare + (1 - restShare) * near);
  });
}
