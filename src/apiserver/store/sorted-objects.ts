/**
 * Objects by key, always sorted by key, so that the cost of a list depends on its result and not on the size of the
 * store.
 */
export class SortedObjects<T> {
  readonly #byKey = new Map<string, T>();
  readonly #keys: string[] = [];

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): T | undefined {
    return this.#byKey.get(key);
  }

  set(key: string, object: T): void {
    if (!this.#byKey.has(key)) this.#keys.splice(firstAtOrAfter(this.#keys, key), 0, key);
    this.#byKey.set(key, object);
  }

  delete(key: string): void {
    if (this.#byKey.delete(key)) this.#keys.splice(firstAtOrAfter(this.#keys, key), 1);
  }

  /** The objects whose keys begin with `prefix`. */
  list(prefix: string): readonly T[] {
    const found: T[] = [];
    for (let i = firstAtOrAfter(this.#keys, prefix); i < this.#keys.length; i++) {
      const key = this.#keys[i] ?? '';
      if (!key.startsWith(prefix)) break;
      const object = this.#byKey.get(key);
      if (object !== undefined) found.push(object);
    }
    return found;
  }
}

function firstAtOrAfter(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
