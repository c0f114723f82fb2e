/** Work of a queue and the pace of its retries. All times are real time, not domain time. */
export interface QueueOptions {
  readonly work: (key: string, signal: AbortSignal) => Promise<void>;
  /** Called on every failure, before its retry is scheduled. */
  readonly onFailure: (key: string, error: unknown, retryInMs: number) => void;
  /** Maximum number of keys in work at once; one key is never in work twice at once. @default 16 */
  readonly concurrency?: number;
  /** Milliseconds until the first retry after a failure; doubled per further failure. @default 500 */
  readonly firstRetryMs?: number;
  /** Maximum milliseconds between retries. @default 30000 */
  readonly longestRetryMs?: number;
  /** Milliseconds before which no retry makes sense, asked at each failure. @default 0 */
  readonly leastRetryMs?: () => number;
}

type KeyState = 'Ready' | 'Running' | 'RunningAgain' | 'Waiting';

/**
 * Keys to be worked on, each by one worker at a time:
 *
 *   add while      idle     ready      running            waiting for a retry
 *   → work         soon     once       once more after    at the retry (`add`), soon (`addNow`)
 *
 * A key that fails is retried with back-off and takes no other key's place.
 */
export class KeyedQueue {
  readonly #options: Required<QueueOptions>;
  readonly #states = new Map<string, KeyState>();
  readonly #failures = new Map<string, number>();
  readonly #retries = new Map<string, NodeJS.Timeout>();
  readonly #ready: string[] = [];
  readonly #abort = new AbortController();
  #running = 0;
  #waiters: (() => void)[] = [];

  constructor(options: QueueOptions) {
    this.#options = { concurrency: 16, firstRetryMs: 500, longestRetryMs: 30_000, leastRetryMs: () => 0, ...options };
  }

  /** Number of keys ready or in work; keys that wait for a retry are not counted. */
  get depth(): number {
    return this.#ready.length + this.#running;
  }

  /** Marks a key dirty. A key that waits for its retry keeps waiting. */
  add(key: string): void {
    if (this.#abort.signal.aborted) return;
    const state = this.#states.get(key);
    if (state === undefined) this.#makeReady(key);
    else if (state === 'Running') this.#states.set(key, 'RunningAgain');
  }

  /** Marks a key dirty and ends its wait for a retry. */
  addNow(key: string): void {
    if (this.#states.get(key) === 'Waiting') this.#endWait(key);
    this.add(key);
  }

  /** Resolves when no key is ready or in work. */
  async idle(): Promise<void> {
    while (this.depth > 0) await new Promise<void>(resolve => this.#waiters.push(resolve));
  }

  /** Takes no more work, aborts the running work, and resolves when it has ended. */
  async stop(reason: unknown = new Error('the queue is stopped')): Promise<void> {
    this.#abort.abort(reason);
    for (const key of [...this.#retries.keys()]) this.#endWait(key);
    for (const key of this.#ready.splice(0)) this.#states.delete(key);
    await this.idle();
  }

  #makeReady(key: string): void {
    this.#states.set(key, 'Ready');
    this.#ready.push(key);
    // A separate microtask merges a burst of events into one run.
    queueMicrotask(() => this.#startNext());
  }

  #startNext(): void {
    while (this.#running < this.#options.concurrency) {
      const key = this.#ready.shift();
      if (key === undefined) return;
      this.#running += 1;
      this.#states.set(key, 'Running');
      void this.#runOnce(key);
    }
  }

  async #runOnce(key: string): Promise<void> {
    let failed = false;
    try {
      await this.#options.work(key, this.#abort.signal);
      this.#failures.delete(key);
    } catch (error) {
      failed = !this.#abort.signal.aborted;
      if (failed) this.#wait(key, error);
    }
    const again = this.#states.get(key) === 'RunningAgain';
    if (!failed) this.#states.delete(key);
    this.#running -= 1;
    if (again && !failed) this.add(key);
    this.#startNext();
    if (this.depth === 0) for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #wait(key: string, error: unknown): void {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const { firstRetryMs, longestRetryMs, leastRetryMs } = this.#options;
    const retryInMs = Math.max(leastRetryMs(), Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1)));
    this.#options.onFailure(key, error, retryInMs);
    this.#states.set(key, 'Waiting');
    this.#retries.set(
      key,
      setTimeout(() => this.addNow(key), retryInMs),
    );
  }

  #endWait(key: string): void {
    clearTimeout(this.#retries.get(key));
    this.#retries.delete(key);
    this.#states.delete(key);
  }
}
