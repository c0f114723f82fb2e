/** Real milliseconds until the first retry, doubled per further failure, and until a retry at most. */
const firstRetryMs = 500;
const longestRetryMs = 30_000;

/** Retries of keys that have failed, each a little later than the one before. */
export class Retries {
  readonly #retry: (key: string) => void;
  readonly #failures = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(retry: (key: string) => void) {
    this.#retry = retry;
  }

  /** Schedules the retry of a key that has failed; returns the real milliseconds until it. */
  fail(key: string): number {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const retryInMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => this.#retry(key), retryInMs),
    );
    return retryInMs;
  }

  /** Forgets the failures of a key. */
  succeed(key: string): void {
    this.#failures.delete(key);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  /** Ends all retries. */
  stop(): void {
    for (const key of [...this.#timers.keys()]) this.succeed(key);
  }
}
