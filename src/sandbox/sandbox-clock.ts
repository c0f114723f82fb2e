import type { Clock } from '../api/clock.ts';

interface Sleeper {
  readonly due: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * Domain time that stands still until its driver moves it, so that a sale of two hours takes only as long as its
 * computation. Sleepers wake in the order of their due time (then in the order in which they went to sleep), each with
 * `now()` at its own due time. What one does at once, including sleeping again, is done before the next one wakes; so
 * every run is the same.
 *
 * @example
 * const clock = new SandboxClock(Date.parse('2026-11-27T19:00:00Z'));
 * void clock.sleep(15_000).then(() => console.log('a tick'));
 * await clock.advanceTo(clock.now() + 60_000); // a tick
 */
export class SandboxClock implements Clock {
  #now: number;
  #order = 0;
  readonly #sleepers = new SleeperQueue();

  /** @param start epoch ms */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** The same as `now`: nobody sets this clock back. */
  monotonicMs(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#sleepers.remove(sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const sleeper = { due: this.#now + Math.max(0, ms), order: this.#order++, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** When the next sleeper is due, epoch ms; undefined when there is none. */
  nextDue(): number | undefined {
    return this.#sleepers.first()?.due;
  }

  /**
   * Moves to `time` (epoch ms) and wakes every sleeper that is due on the way, including those that go to sleep
   * meanwhile.
   *
   * @param settle awaited after each wake-up, for drivers whose sleepers do more than micro-tasks (requests over HTTP)
   * @throws RangeError when `time` lies before now
   */
  async advanceTo(time: number, settle: () => Promise<void> = microtasks): Promise<void> {
    if (time < this.#now) throw new RangeError(`the clock stands at ${this.#now} and cannot go back to ${time}`);
    await settle();
    for (let next = this.#sleepers.first(); next !== undefined && next.due <= time; next = this.#sleepers.first()) {
      this.#sleepers.remove(next);
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await settle();
    }
    this.#now = time;
  }
}

/** Runs chains of settled promises to their end: after one macro-task none is left. */
function microtasks(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve);
  });
}

/** Sleepers by due time, then by the order in which they went to sleep. */
class SleeperQueue {
  readonly #sorted: Sleeper[] = [];

  first(): Sleeper | undefined {
    return this.#sorted[0];
  }

  push(sleeper: Sleeper): void {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#sorted[middle], sleeper)) low = middle + 1;
      else high = middle;
    }
    this.#sorted.splice(low, 0, sleeper);
  }

  remove(sleeper: Sleeper): void {
    const index = this.#sorted.indexOf(sleeper);
    if (index >= 0) this.#sorted.splice(index, 1);
  }
}

function isBefore(a: Sleeper | undefined, b: Sleeper): boolean {
  return a !== undefined && (a.due < b.due || (a.due === b.due && a.order < b.order));
}
