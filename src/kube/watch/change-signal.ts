/** Promises for conditions that other code makes true and reports with `notify`. */
export class ChangeSignal {
  readonly #listeners = new Set<() => void>();

  /** Resolves once `holds` returns true, now or at a later `notify`; rejects with the signal's reason. */
  until(holds: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        this.#listeners.delete(listener);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const listener = () => {
        if (holds()) finish(resolve);
      };
      const abort = () => finish(() => reject(signal?.reason));
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      this.#listeners.add(listener);
      listener();
    });
  }

  /** Checks every waiting condition again; call it after each change. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
