/**
 * The FlashSales whose deletion this process has seen in a watch: only a request to the API server deletes one so. It is
 * forgotten when the object comes back, and for all when the API server does not serve the kind any more: then its CRD
 * was removed, and nobody asked to delete the sales.
 */
export class SeenDeletions {
  /** Namespace → names. */
  readonly #names = new Map<string, Set<string>>();

  add(namespace: string, name: string): void {
    this.#names.set(namespace, (this.#names.get(namespace) ?? new Set()).add(name));
  }

  remove(namespace: string, name: string): void {
    const names = this.#names.get(namespace);
    names?.delete(name);
    if (names?.size === 0) this.#names.delete(namespace);
  }

  clear(): void {
    this.#names.clear();
  }

  /** Names in one namespace, sorted. */
  namesIn(namespace: string): readonly string[] {
    return [...(this.#names.get(namespace) ?? [])].sort();
  }
}
