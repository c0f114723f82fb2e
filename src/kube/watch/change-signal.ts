/** Promises for conditions that somebody else makes true and then says `look`. */
export class ChangeSignal {
  readonly #looks = new Set<() => void>();

  /** Resolves once `holds` does, now or at a later look; rejects with the signal's reason. */
  until(holds: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        this.#looks.delete(notify);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const notify = () => {
        if (holds()) finish(resolve);
      };
      const abort = () => finish(() => reject(signal?.reason));
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      this.#looks.add(notify);
      notify();
    });
  }

  /** Something has changed: whoever waited for it goes on. */
  look(): void {
    for (const look of this.#looks) look();
  }
}
