import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { expired } from '../objects/status-error.ts';

/** One change of one object. A DELETED object has the resourceVersion of its deletion. */
export interface ObjectEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Stored<T>;
  /** The object before the change; absent on ADDED. */
  readonly previous?: Stored<T>;
  readonly resourceVersion: number;
}

/** The newest changes of one resource, oldest first, so that a watch can continue where a list ended. */
export class EventLog<T extends KubeObject> {
  #events: ObjectEvent<T>[] = [];
  /** The oldest resourceVersion after which all changes are known. */
  #knownSince: number;
  readonly #limit: number;

  constructor(knownSince: number, limit: number) {
    this.#knownSince = knownSince;
    this.#limit = limit;
  }

  append(event: ObjectEvent<T>): void {
    this.#events.push(event);
    if (this.#events.length >= 2 * this.#limit) this.forget(this.#limit);
  }

  /** Keeps only the newest `keep` changes; a watch from before them is answered with 410. */
  forget(keep: number): void {
    const dropped = this.#events.length - keep;
    if (dropped <= 0) return;
    this.#knownSince = this.#events[dropped - 1]?.resourceVersion ?? this.#knownSince;
    this.#events = this.#events.slice(dropped);
  }

  /**
   * Returns every change after `resourceVersion`, oldest first.
   *
   * @throws StatusError 410 Expired when some of them are no longer known
   */
  since(resourceVersion: number): readonly ObjectEvent<T>[] {
    if (resourceVersion < this.#knownSince) {
      throw expired(`too old resource version: ${resourceVersion} (${this.#knownSince})`);
    }
    return this.#events.slice(firstAfter(this.#events, resourceVersion));
  }
}

/** The index of the first event newer than `resourceVersion`; events are in ascending order. */
function firstAfter(events: readonly ObjectEvent[], resourceVersion: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.resourceVersion ?? 0) <= resourceVersion) low = middle + 1;
    else high = middle;
  }
  return low;
}
