/** Keys that are worked on some time after they were first asked for, each once. */
export class Soon {
  readonly #afterMs: number;
  readonly #work: (key: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** `afterMs` is real time. */
  constructor(afterMs: number, work: (key: string) => void) {
    this.#afterMs = afterMs;
    this.#work = work;
  }

  add(key: string): void {
    if (this.#timers.has(key)) return;
    const due = () => {
      this.#timers.delete(key);
      this.#work(key);
    };
    this.#timers.set(key, setTimeout(due, this.#afterMs));
  }

  /** Drops all keys. */
  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
