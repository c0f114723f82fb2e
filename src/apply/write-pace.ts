import type { ApiWriteBudget } from '../kube/http/api-write-budget.ts';

/** Longest pause that a write waits for, in ms; in a longer one it fails at once, so that it is planned anew after it. */
const patienceMs = 5_000;

/** Clock and sleep in real time, passed as a parameter. */
export interface PaceTime {
  monotonicMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** How urgent a write is, and when it is given up. */
export interface Turn {
  /** The lower, the earlier among the writes that wait; equal ones go in the order of their calls. @default 0 */
  readonly rank?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly rank: number;
  readonly go: () => void;
  readonly give: (reason: unknown) => void;
}

/**
 * Limits writes to `writesPerSecond` per second, with bursts of at most one second's worth, the most urgent first.
 * Protects the API server and the HPA controller, whose default is 20 requests per second.
 */
export class WritePace {
  readonly #spacingMs: number;
  readonly #burstMs: number;
  readonly #time: PaceTime;
  readonly #budget: Pick<ApiWriteBudget, 'assertFree' | 'restMs'> | undefined;
  /** Time of the next write if there had been no burst, in ms. */
  #nextMs = Number.NEGATIVE_INFINITY;
  /** Writes that wait, the most urgent first. */
  readonly #waiting: Waiting[] = [];
  #isServing = false;

  constructor(writesPerSecond: number, time: PaceTime, budget?: Pick<ApiWriteBudget, 'assertFree' | 'restMs'>) {
    this.#budget = budget;
    this.#spacingMs = 1000 / writesPerSecond;
    this.#burstMs = 1000 - this.#spacingMs;
    this.#time = time;
  }

  /** Checks that the API server has not asked for a pause of more than `patienceMs`. @throws ApiError 429 during one */
  assertFree(): void {
    if (this.#restMs > patienceMs) this.#budget?.assertFree();
  }

  /**
   * Resolves when one write may be sent, after a short pause that the API server asked for; rejects with the signal's
   * reason once it is aborted.
   *
   * @throws ApiError 429 during a longer pause
   */
  async take({ rank = 0, signal }: Turn = {}): Promise<void> {
    signal?.throwIfAborted();
    this.assertFree();
    if (this.#waiting.length === 0 && this.#dueInMs() <= 0 && this.#restMs === 0) return this.#count();
    await this.#wait(rank, signal);
  }

  #wait(rank: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        rank,
        go: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
        give: reason => {
          signal?.removeEventListener('abort', abort);
          reject(reason);
        },
      };
      const later = this.#waiting.findIndex(other => other.rank > rank);
      this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, waiting);
      signal?.addEventListener('abort', abort, { once: true });
      if (!this.#isServing) void this.#serve();
    });
  }

  /** Lets the waiting writes go one after the other; who goes is decided when its time has come. */
  async #serve(): Promise<void> {
    this.#isServing = true;
    try {
      while (this.#waiting.length > 0) {
        const dueInMs = this.#dueInMs();
        if (dueInMs > 0) await this.#time.sleep(dueInMs);
        this.assertFree();
        if (this.#restMs > 0) await this.#time.sleep(this.#restMs);
        const next = this.#waiting.shift();
        if (next === undefined) return;
        this.#count();
        next.go();
      }
    } catch (error) {
      for (const waiting of this.#waiting.splice(0)) waiting.give(error);
    } finally {
      this.#isServing = false;
    }
  }

  get #restMs(): number {
    return this.#budget?.restMs ?? 0;
  }

  #dueInMs(): number {
    return this.#nextMs - this.#time.monotonicMs();
  }

  #count(): void {
    const now = this.#time.monotonicMs();
    this.#nextMs = Math.max(this.#nextMs, now - this.#burstMs) + this.#spacingMs;
  }
}
