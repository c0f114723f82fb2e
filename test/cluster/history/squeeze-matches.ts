/** Requests counted by the minute: `counts[i]` are those of [start + i min, start + (i + 1) min). */
export interface MinuteCounts {
  /** Epoch ms. */
  readonly start: number;
  readonly counts: readonly number[];
}

/** A match window in original minutes around its kick-off, and how much shorter it becomes. */
export interface Squeeze {
  readonly minutesBefore: number;
  readonly minutesAfter: number;
  /** 20 makes one minute of twenty. */
  readonly ratio: number;
}

const minuteMs = 60_000;

/**
 * The demand at any instant of the squeezed history, in requests a second, the mean over `stepSeconds`.
 *
 * Each match window [k − before, k + after] around its kick-off k becomes `ratio` times shorter, k staying where it is;
 * the traffic inside runs `ratio` times faster at the same height. Days keep their length, so that night stays night: what
 * the window leaves free carries the level of the window's nearer edge. Where windows overlap, the later match has the say.
 *
 *   original   ───────[ before ················ k ································ after ]───────
 *   squeezed   ───────  level of the left edge [·k····]  level of the right edge          ───────
 *
 * @param kickOffs epoch ms, ascending
 * @returns null where the counts do not reach
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

/** Requests a second over [from, to), minutes weighted by how much of them it covers. */
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
