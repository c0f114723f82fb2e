/** Requests per minute: `counts[i]` are those of [start + i min, start + (i + 1) min). */
export interface MinuteCounts {
  /** Epoch ms. */
  readonly start: number;
  readonly counts: readonly number[];
}

/** A match window in original minutes around its kick-off, and the ratio by which it is shortened. */
export interface Squeeze {
  readonly minutesBefore: number;
  readonly minutesAfter: number;
  /** Ratio of the lengths: 20 turns twenty minutes into one. */
  readonly ratio: number;
}

const minuteMs = 60_000;

/**
 * The demand at any instant of the squeezed history, in requests per second, the mean over `stepSeconds`.
 *
 * Each match window [k − before, k + after] around its kick-off k becomes `ratio` times shorter, with k fixed; the
 * traffic inside runs `ratio` times faster at the same height. Days keep their length, so that nights stay nights: the
 * rest of the window has the level of its nearer edge. Where windows overlap, the later match counts.
 *
 *   original   ───────[ before ················ k ································ after ]───────
 *   squeezed   ───────  level of the left edge [·k····]  level of the right edge          ───────
 *
 * @param kickOffs epoch ms, ascending
 * @returns null outside the counts
 */
export function squeezeMatches(
  minutes: MinuteCounts,
  kickOffs: readonly number[],
  { minutesBefore, minutesAfter, ratio }: Squeeze,
): (instant: number, stepSeconds: number) => number | null {
  const before = minutesBefore * minuteMs;
  const after = minutesAfter * minuteMs;
  return (instant, stepSeconds) => {
    const step = stepSeconds * 1000;
    const kickOff = kickOffs.findLast(k => k - before <= instant && instant < k + after);
    if (kickOff === undefined) return meanRate(minutes, instant, instant + step);
    const offset = (instant - kickOff) * ratio;
    if (offset < -before) return meanRate(minutes, kickOff - before, kickOff - before + step * ratio);
    if (offset >= after) return meanRate(minutes, kickOff + after - step * ratio, kickOff + after);
    return meanRate(minutes, kickOff + offset, kickOff + offset + step * ratio);
  };
}

/** Mean requests per second over [from, to), with minutes weighted by their overlap. */
function meanRate({ start, counts }: MinuteCounts, from: number, to: number): number | null {
  let requests = 0;
  for (let at = from; at < to; ) {
    const index = Math.floor((at - start) / minuteMs);
    const next = Math.min(to, start + (index + 1) * minuteMs);
    const count = counts[index];
    if (count === undefined) return null;
    requests += (count * (next - at)) / minuteMs;
    at = next;
  }
  return requests / ((to - from) / 1000);
}
