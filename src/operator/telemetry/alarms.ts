import type { Clock } from '../../api/clock.ts';

/** Wakes keys at instants of the domain clock, each only at its newest alarm. */
export class Alarms {
  readonly #clock: Clock;
  readonly #wake: (key: string) => void;
  readonly #pending = new Map<string, AbortController>();

  constructor(clock: Clock, wake: (key: string) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Sets the key's alarm and cancels its earlier one. @param at epoch ms; an instant in the past wakes at once */
  set(key: string, at: number): void {
    this.#pending.get(key)?.abort();
    const alarm = new AbortController();
    this.#pending.set(key, alarm);
    this.#clock.sleep(Math.max(0, at - this.#clock.now()), alarm.signal).then(
      () => {
        if (this.#pending.get(key) !== alarm) return;
        this.#pending.delete(key);
        this.#wake(key);
      },
      () => {}, // the alarm was cancelled
    );
  }

  /** Cancels the key's alarm. */
  drop(key: string): void {
    this.#pending.get(key)?.abort();
    this.#pending.delete(key);
  }

  stop(): void {
    for (const alarm of this.#pending.values()) alarm.abort();
    this.#pending.clear();
  }
}
