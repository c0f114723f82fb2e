import { setTimeout as delay } from 'node:timers/promises';

/**
 * Real time, as leases, back-off and caches need it; a parameter so that tests can drive it. Never the domain's Clock:
 * a deadline must not run faster because a sale is being replayed.
 */
export interface Timing {
  /** Milliseconds that never jump, from an arbitrary origin. */
  monotonicMs(): number;
  /** Epoch milliseconds; may jump when the machine's clock is set. */
  wallMs(): number;
  /** Rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1), for jitter. */
  random(): number;
}

/** The machine's own time. */
export const realTiming: Timing = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      throw signal?.reason ?? error;
    }
  },
  random: () => Math.random(),
};
