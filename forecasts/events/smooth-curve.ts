import type { EventClock } from './event-clock.ts';

const reachMs = 3 * 60_000;

/**
 * Smooths a curve by a moving mean over ± 3 minutes, narrower near the start and the end of the event, where demand may
 * jump.
 */
export function smoothCurve({ event, knots }: EventClock, curve: Float64Array): Float64Array {
  const duration = event.end - event.start;
  const sums = new Float64Array(curve.length + 1);
  for (let i = 0; i < curve.length; i++) sums[i + 1] = (sums[i] as number) + (curve[i] as number);
  let low = 0;
  let high = 0;
  return curve.map((_, i) => {
    const time = knots[i] as number;
    const reach = Math.min(reachMs, Math.abs(time), Math.abs(time - duration));
    while ((knots[low] as number) < time - reach) low++;
    while (low > 0 && (knots[low - 1] as number) >= time - reach) low--;
    high = Math.max(high, i);
    while (high + 1 < knots.length && (knots[high + 1] as number) <= time + reach) high++;
    while ((knots[high] as number) > time + reach) high--;
    const even = Math.min(i - low, high - i);
    return ((sums[i + even + 1] as number) - (sums[i - even] as number)) / (2 * even + 1);
  });
}
