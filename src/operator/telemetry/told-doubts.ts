import type { Observation } from '../../observe/observation.ts';
import type { Log } from './log.ts';

/** What was logged of caches that a namespace cannot rely on, so that each change is told once. */
export class ToldDoubts {
  readonly #log: Log;
  /** Namespace → its doubts as last told. */
  readonly #told = new Map<string, string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Logs once which caches a namespace cannot rely on, and once that it can again. */
  tell(namespace: string, doubts: NonNullable<Observation['doubts']> = []): void {
    const text = doubts.map(({ kind, state }) => `${kind} ${state}`).join(', ');
    if (text === (this.#told.get(namespace) ?? '')) return;
    this.#told.set(namespace, text);
    if (text === '') this.#log.info('caches are fresh again', { namespace });
    else this.#log.warn('bounds are only raised: caches are not fresh', { namespace, doubts });
  }

  forget(namespace: string): void {
    this.#told.delete(namespace);
  }
}
