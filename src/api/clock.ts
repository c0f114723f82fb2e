/**
 * Domain time: ticks, sale windows, sample times, staleness. Each command creates one clock and passes it on; in the
 * sandbox it runs faster than real time. Deadlines, leases and back-off never use it: they run in real time.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds of this clock since an arbitrary origin; unlike `now`, it never jumps when the machine's clock is set. */
  monotonicMs(): number;
  /** Resolves after `ms` milliseconds of this clock; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
