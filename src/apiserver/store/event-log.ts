import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { expired } from '../objects/status-error.ts';

/** One change of one object. A DELETED object carries the resourceVersion of its deletion. */
export interface ObjectEvent<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Stored<T>;
  /** As it was before; absent on ADDED. */
  readonly previous?: Stored<T>;
  readonly resourceVersion: number;
}

/** The newest changes of one resource, oldest first, so that a watch can go on where a list ended. */
export class EventLog<T extends KubeObject> {
  #events: ObjectEvent<T>[] = [];
  /** The newest resourceVersion whose successors are all known. */
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

  /** Keeps the newest `keep` changes: a watch from before them is answered 410. */
  forget(keep: number): void {
    const dropped = this.#events.length - keep;
    if (dropped <= 0) return;
    this.#knownSince = this.#events[dropped - 1]?.resourceVersion ?? this.#knownSince;
    this.#events = this.#events.slice(dropped);
  }

  /**
   * Every change after `resourceVersion`, oldest first.
   *
   * @throws StatusError 410 Expired when some of them are forgotten
   */
  since(resourceVersion: number): readonly ObjectEvent<T>[] {
    if (resourceVersion < this.#knownSince) {
      throw expired(`too old resource version: ${resourceVersion} (${this.#knownSince})`);
    }
    return this.#events.slice(firstAfter(this.#events, resourceVersion));
  }
}

/** Index of the first event newer than `resourceVersion`; events rise. */
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
