import type { Clock } from '../api/clock.ts';

/**
 * Calls `onTick` at every full multiple of `tickSeconds` of the domain clock until the signal aborts, so that two
 * replicas, or one before and after a restart, tick at the same instants. Ticks missed while the process slept become
 * one.
 */
export async function runTicks(
  { clock, tickSeconds }: { readonly clock: Clock; readonly tickSeconds: number },
  onTick: (now: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const tickMs = tickSeconds * 1000;
  while (!signal.aborted) {
    const due = (Math.floor(clock.now() / tickMs) + 1) * tickMs;
    try {
      // A timer may fire early: sleep again. A wall clock may be set back by hours: tick at once and start again.
      for (let wait = due - clock.now(); wait > 0 && wait <= tickMs; wait = due - clock.now()) {
        await clock.sleep(wait, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    onTick(clock.now());
  }
}
