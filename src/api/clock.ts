/**
 * Domain time: ticks, sale windows, sample times, staleness. Commands make one and pass it on; in the sandbox it runs
 * faster than the wall. Transport time (deadlines, leases, back-off) never comes from here: it is always real.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms` of this clock's time; rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
