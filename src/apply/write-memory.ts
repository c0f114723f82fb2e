/** Bounds (or, without an HPA, replicas as both) that were sent, and when. */
export interface SentBounds {
  /** Epoch ms, domain time. */
  readonly at: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/**
 * What this process remembers of its own writes, for pacing alone: no plan depends on it, and losing it costs at most one
 * write more an object. Times are domain time, epoch ms; keys are UIDs.
 */
export class WriteMemory {
  readonly #bounds = new Map<string, SentBounds>();
  readonly #statuses = new Map<string, number>();
  readonly #versions = new Map<string, string>();
  readonly #refusals = new Map<string, string>();
  /** Namespace → keys of the objects that it held at the last look. */
  readonly #held = new Map<string, ReadonlySet<string>>();

  /** What was last sent to the object; absent when nothing was since the process started. */
  sentBounds(uid: string): SentBounds | undefined {
    return this.#bounds.get(uid);
  }

  rememberBounds(uid: string, sent: SentBounds): void {
    this.#bounds.set(uid, sent);
  }

  /** When the object's status was last sent, or first looked at. */
  statusSentAt(key: string, now: number): number {
    const at = this.#statuses.get(key) ?? now;
    this.#statuses.set(key, at);
    return at;
  }

  rememberStatus(key: string, now: number): void {
    this.#statuses.set(key, now);
  }

  /** The version that our own last write made of the object. */
  versionOf(key: string): string | undefined {
    return this.#versions.get(key);
  }

  rememberVersion(key: string, resourceVersion: string): void {
    this.#versions.set(key, resourceVersion);
  }

  /** True when this very complaint is new for the object: told once, not at each tick. */
  isNews(key: string, complaint: string): boolean {
    if (this.#refusals.get(key) === complaint) return false;
    this.#refusals.set(key, complaint);
    return true;
  }

  /** Takes what a namespace holds now, and drops what is remembered of objects that it held at the last look. */
  keepOnly(namespace: string, keys: ReadonlySet<string>): void {
    for (const key of this.#held.get(namespace) ?? []) if (!keys.has(key)) this.#forget(key);
    if (keys.size > 0) this.#held.set(namespace, keys);
    else this.#held.delete(namespace);
  }

  /** Forgets everything: the cluster was restored from a backup, and what was written after it was made is gone. */
  forgetAll(): void {
    for (const memory of [this.#bounds, this.#statuses, this.#versions, this.#refusals, this.#held]) memory.clear();
  }

  /** Everything that is remembered, in entries. */
  get size(): number {
    const memories = [this.#bounds, this.#statuses, this.#versions, this.#refusals, this.#held];
    return memories.reduce((sum, { size }) => sum + size, 0);
  }

  #forget(key: string): void {
    this.#bounds.delete(key);
    this.#statuses.delete(key);
    this.#versions.delete(key);
    this.#refusals.delete(key);
  }
}
