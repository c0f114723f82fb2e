import type { ApiWriteBudget } from '../kube/http/api-write-budget.ts';

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
  readonly #budget: Pick<ApiWriteBudget, 'assertFree'> | undefined;
  /** Time of the next write if there had been no burst, in ms. */
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(writesPerSecond: number, time: PaceTime, budget?: Pick<ApiWriteBudget, 'assertFree'>) {
    this.#budget = budget;
    this.#spacingMs = 1000 / writesPerSecond;
    this.#burstMs = 1000 - this.#spacingMs;
    this.#time = time;
  }

  /** Checks that the API server has not asked for a pause. @throws ApiError 429 during one */
  assertFree(): void {
    this.#budget?.assertFree();
  }

  /**
   * Resolves when one write may be sent; rejects with the signal's reason once it is aborted.
   *
   * @throws ApiError 429 during a pause that the API server asked for
   */
  async take(signal?: AbortSignal): Promise<void> {
    this.assertFree();
    const now = this.#time.monotonicMs();
    const due = Math.max(this.#nextMs, now - this.#burstMs);
    this.#nextMs = due + this.#spacingMs;
    if (due <= now) return;
    await this.#time.sleep(due - now, signal);
    this.assertFree();
  }
}
