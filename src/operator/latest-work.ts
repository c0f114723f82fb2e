/** A work that waits for its turn. */
interface Waiting {
  readonly work: () => Promise<void>;
  readonly isKept: boolean;
}

/** Works of one key that wait at most; the oldest of more is left out. */
const mostWaiting = 16;

/**
 * Work by key, one at a time for each: what is asked for meanwhile is done afterwards, in order, and of what is not to be
 * kept only the newest. Works must not reject.
 */
export class LatestWork {
  readonly #running = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, readonly Waiting[]>();
  #isStopped = false;

  /** Number of keys in work. */
  get size(): number {
    return this.#running.size;
  }

  /** @param isKept whether it is done although newer work of the key is asked for. @default false */
  put(key: string, work: () => Promise<void>, isKept = false): void {
    if (this.#isStopped) return;
    const one = { work, isKept };
    if (this.#running.has(key)) this.#waiting.set(key, [...this.#kept(key), one].slice(-mostWaiting));
    else this.#running.set(key, this.#run(key, one));
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Begins nothing more, and resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiting.clear();
    await this.idle();
  }

  #kept(key: string): readonly Waiting[] {
    return (this.#waiting.get(key) ?? []).filter(({ isKept }) => isKept);
  }

  async #run(key: string, first: Waiting): Promise<void> {
    for (let next: Waiting | undefined = first; next !== undefined; next = this.#take(key)) await next.work();
    this.#running.delete(key);
  }

  #take(key: string): Waiting | undefined {
    const [next, ...rest] = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, rest);
    if (rest.length === 0) this.#waiting.delete(key);
    return next;
  }
}
