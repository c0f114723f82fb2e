/** Milliseconds that the first retry waits at most, doubled with each failure, and that any retry waits at most. */
const firstMs = 2_000;
const longestMs = 600_000;

/**
 * Returns the milliseconds until a channel is tried again: half of a doubling time and a random part of the other half,
 * so that channels that failed together do not come back together; longer where the receiver asks for it, up to 10
 * minutes. `random` is in [0, 1).
 */
export function backOffMs(failures: number, random: number, retryAfterSeconds = 0): number {
  const most = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  const jittered = most / 2 + (most / 2) * random;
  return Math.max(jittered, Math.min(longestMs, retryAfterSeconds * 1000));
}
