/** Clock and sleep in real time, passed as a parameter. */
export interface PaceTime {
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Limits writes to `writesPerSecond` per second, with bursts of at most one second's worth, in the order of their
 * calls. Protects the API server and the HPA controller, whose default is 20 requests per second.
 */
export class WritePace {
  readonly #spacingMs: number;
  readonly #burstMs: number;
  readonly #time: PaceTime;
  /** Time of the next write if there had been no burst, in ms. */
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(writesPerSecond: number, time: PaceTime) {
    this.#spacingMs = 1000 / writesPerSecond;
    this.#burstMs = 1000 - this.#spacingMs;
    this.#time = time;
  }

  /** Resolves when one write may be sent; rejects with the signal's reason once it is aborted. */
  async take(signal?: AbortSignal): Promise<void> {
    const now = this.#time.monotonicMs();
    const due = Math.max(this.#nextMs, now - this.#burstMs);
    this.#nextMs = due + this.#spacingMs;
    if (due > now) await this.#time.sleep(due - now, signal);
  }
}
