/** Bounds that were sent and their time; without an HPA, both bounds are the replicas. */
export interface SentBounds {
  /** Epoch ms, domain time. */
  readonly at: number;
  /** Domain ms of a clock that never jumps. */
  readonly monotonicMs: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/**
 * Record of this process's own writes, used only to pace them: no plan depends on it, and losing it costs at most one
 * extra write per object. Times are epoch ms, domain time; keys are UIDs.
 */
export class WriteMemory {
  readonly #bounds = new Map<string, SentBounds>();
  readonly #statuses = new Map<string, number>();
  readonly #versions = new Map<string, string>();
  readonly #refusals = new Map<string, string>();
  readonly #unkept = new Set<string>();
  /** Keys of the objects that each namespace held at the last reconcile, by namespace. */
  readonly #held = new Map<string, ReadonlySet<string>>();

  /** Returns the bounds last sent to the object; undefined when none were sent since the process started. */
  sentBounds(uid: string): SentBounds | undefined {
    return this.#bounds.get(uid);
  }

  rememberBounds(uid: string, sent: SentBounds): void {
    this.#bounds.set(uid, sent);
  }

  /** Returns the time at which the object's status was last sent, or first seen. */
  statusSentAt(key: string, now: number): number {
    const at = this.#statuses.get(key) ?? now;
    this.#statuses.set(key, at);
    return at;
  }

  rememberStatus(key: string, now: number): void {
    this.#statuses.set(key, now);
  }

  /** Returns the resourceVersion that our own last write gave the object. */
  versionOf(key: string): string | undefined {
    return this.#versions.get(key);
  }

  rememberVersion(key: string, resourceVersion: string): void {
    this.#versions.set(key, resourceVersion);
  }

  /**
   * Returns true when this complaint differs from the object's last one, so that it is reported once and not at each
   * tick.
   */
  isNews(key: string, complaint: string): boolean {
    if (this.#refusals.get(key) === complaint) return false;
    this.#refusals.set(key, complaint);
    return true;
  }

  /** Returns true when the API server has dropped what this target was to record as raised. */
  isUnkept(uid: string): boolean {
    return this.#unkept.has(uid);
  }

  rememberUnkept(uid: string): void {
    this.#unkept.add(uid);
  }

  /** Records the objects that a namespace holds now and drops the entries of those that are gone. */
  keepOnly(namespace: string, keys: ReadonlySet<string>): void {
    for (const key of this.#held.get(namespace) ?? []) if (!keys.has(key)) this.#forget(key);
    if (keys.size > 0) this.#held.set(namespace, keys);
    else this.#held.delete(namespace);
  }

  /** Drops all entries, after the cluster was restored from a backup that lacks the later writes. */
  forgetAll(): void {
    for (const memory of this.#all()) memory.clear();
  }

  /** Number of entries. */
  get size(): number {
    return this.#all().reduce((sum, { size }) => sum + size, 0);
  }

  #all() {
    return [this.#bounds, this.#statuses, this.#versions, this.#refusals, this.#unkept, this.#held] as const;
  }

  #forget(key: string): void {
    this.#unkept.delete(key);
    this.#bounds.delete(key);
    this.#statuses.delete(key);
    this.#versions.delete(key);
    this.#refusals.delete(key);
  }
}
