import { setTimeout as delay } from 'node:timers/promises';

/**
 * Real time, for leases, back-off and caches; a parameter so that tests can control it. Not the domain's Clock: a
 * deadline must not run faster when a sale is replayed.
 */
export interface Timing {
  /** Milliseconds since an arbitrary origin; never jumps. */
  monotonicMs(): number;
  /** Epoch ms; may jump when the machine's clock is set. */
  wallMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A random number in [0, 1), for jitter. */
  random(): number;
}

/** The machine's own clocks. */
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
