/**
 * Work by key, one at a time for each: what is asked for meanwhile is done afterwards, and only the newest of it. Works
 * must not reject.
 */
export class LatestWork {
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, () => Promise<void>>();
  #isStopped = false;

  /** Number of keys in work. */
  get size(): number {
    return this.#running.size;
  }

  put(key: string, work: () => Promise<void>): void {
    if (this.#isStopped) return;
    if (this.#running.has(key)) this.#next.set(key, work);
    else this.#running.set(key, this.#run(key, work));
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Begins nothing more, and resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#next.clear();
    await this.idle();
  }

  async #run(key: string, first: () => Promise<void>): Promise<void> {
    for (let work: (() => Promise<void>) | undefined = first; work !== undefined; work = this.#next.get(key)) {
      this.#next.delete(key);
      await work();
    }
    this.#running.delete(key);
  }
}
