import type { Decomposition } from '../decomposition.ts';
import { binDays } from '../profile/bin-days.ts';
import { endOf, type Samples } from '../series/samples.ts';
import type { ShopClock } from './shop-clock.ts';

/** A change of a clock that demand followed. */
export interface FollowedChange {
  readonly timeZone: string;
  /** Epoch ms. */
  readonly at: number;
}

const dayMs = 86_400_000;
/** Days before and after a change that are compared, at least and at most. */
const leastDays = 3;
const mostDays = 14;
/** Share of the difference between the days before and after that must vanish when one of them is moved. */
const mostLeft = 0.5;
/** A later clock in the list is named only when it leaves less than this share of what an earlier one leaves. */
const clearly = 0.9;

/**
 * The clock whose change moved the days of a history in UTC: after it the usual day, moved by as much, is far more like
 * the days before. Undefined where none did.
 */
export function proposeClock(
  { samples, scale, residuals }: Decomposition,
  clocks: readonly ShopClock[],
): FollowedChange | undefined {
  const isWithin = (at: number) => at - samples.start >= leastDays * dayMs && endOf(samples) - at >= leastDays * dayMs;
  if (!clocks.some(({ offsets }) => offsets.some(({ from }) => isWithin(from)))) return undefined;
  const values = samples.values.map((value, i) => (Number.isNaN(residuals.values[i]) ? Number.NaN : scale.to(value)));
  const ordinary = { start: samples.start, stepMs: samples.stepMs, values };
  let best: (FollowedChange & { readonly left: number }) | undefined;
  for (const { timeZone, offsets } of clocks)
    for (const [k, { from: at, offsetMs }] of offsets.entries()) {
      const moved = offsetMs - (offsets[k - 1]?.offsetMs ?? offsetMs);
      const left = moved === 0 || !isWithin(at) ? undefined : differenceLeft(ordinary, at, moved);
      if (left !== undefined && left < mostLeft && left < clearly * (best?.left ?? 1)) best = { timeZone, at, left };
    }
  return best;
}

/** Share of the squared difference between the days before and after `at` that remains when one is moved by `movedMs`. */
function differenceLeft(samples: Samples, at: number, movedMs: number): number | undefined {
  const { start, stepMs, values } = samples;
  if (stepMs > Math.abs(movedMs)) return undefined;
  const cut = Math.round((at - start) / stepMs);
  const reach = Math.round((mostDays * dayMs) / stepMs);
  const part = (first: number, end: number) =>
    usualDay({ start: start + first * stepMs, stepMs, values: values.subarray(first, end) });
  const before = part(Math.max(0, cut - reach), cut);
  const after = part(cut, cut + reach);
  const bins = Math.round((movedMs / dayMs) * before.length);
  const differenceAt = (shift: number) =>
    after.reduce((sum, value, bin) => {
      const difference = value - (before[(bin + shift + before.length) % before.length] as number);
      return sum + (Number.isNaN(difference) ? 0 : difference ** 2);
    }, 0);
  const moved = differenceAt(bins);
  return moved < differenceAt(-bins) ? moved / differenceAt(0) : undefined;
}

/** Mean of each bin of the day less the mean of all; NaN where nothing was measured. */
function usualDay(samples: Samples): Float64Array {
  const { bins, rows, values } = binDays(samples);
  const means = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    let sum = 0;
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const value = values[row * bins + bin] as number;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    means[bin] = sum / count;
  }
  const known = means.filter(value => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return means.map(value => value - mean);
}
