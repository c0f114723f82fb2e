/** Real time, as a parameter. */
export interface PaceTime {
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * At most `writesPerSecond` writes a second over any stretch, with one second's worth at once: the API server and the
 * HPA controller behind it (20 requests a second by default) are what the pace protects. First come, first served.
 */
export class WritePace {
  readonly #spacingMs: number;
  readonly #burstMs: number;
  readonly #time: PaceTime;
  /** When the next write would leave if there never had been a burst. */
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(writesPerSecond: number, time: PaceTime) {
    this.#spacingMs = 1000 / writesPerSecond;
    this.#burstMs = 1000 - this.#spacingMs;
    this.#time = time;
  }

  /** Resolves when one write may leave; rejects with the signal's reason once it is aborted. */
  async take(signal?: AbortSignal): Promise<void> {
    const now = this.#time.monotonicMs();
    const due = Math.max(this.#nextMs, now - this.#burstMs);
    this.#nextMs = due + this.#spacingMs;
    if (due > now) await this.#time.sleep(due - now, signal);
  }
}
