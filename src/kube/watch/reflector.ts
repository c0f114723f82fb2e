import { isApiError } from '../api-error.ts';
import type { KubeObject } from '../resources/wire.ts';
import { realTiming, type Timing } from '../timing.ts';
import { ChangeSignal } from './change-signal.ts';
import { type CachedObject, type Change, ObjectCache } from './object-cache.ts';
import type { ReflectorOptions, ReflectorStats } from './reflector-options.ts';
import { compareResourceVersions } from './resource-version.ts';
import { readWatchEvents, type WatchEvent } from './watch-events.ts';

/**
 * A cache of one kind that follows the cluster: list, then watch, for ever. It survives restarts of the server, lost and
 * silent connections, truncated and garbage lines, and a past the server has forgotten (410), and never misses a delete.
 */
export class Reflector<T extends KubeObject, P> {
  readonly #options: ReflectorOptions<T, P>;
  readonly #timing: Timing;
  readonly #cache = new ObjectCache<P>();
  readonly #changes = new ChangeSignal();
  readonly #stats = { lists: 0, watches: 0, events: 0, failures: 0, handlerErrors: 0 };
  #lastFailure: string | undefined;
  #initial: 'stream' | 'pages';
  /** Where the next watch begins; undefined asks for a list. */
  #resumeAt: string | undefined;
  #newest = '';
  #synced = false;
  /** 410 in a row. */
  #forgotten = 0;
  #freshAt: number;

  constructor(options: ReflectorOptions<T, P>) {
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.#initial = options.initial ?? 'stream';
    this.#freshAt = this.#timing.monotonicMs();
  }

  /** True once a whole list has been read; stays true. */
  get synced(): boolean {
    return this.#synced;
  }

  /** The newest resource version seen; '' before the first list. */
  get resourceVersion(): string {
    return this.#newest;
  }

  get stats(): ReflectorStats {
    return { ...this.#stats, ...(this.#lastFailure === undefined ? {} : { lastFailure: this.#lastFailure }) };
  }

  /** Milliseconds since the server last proved that this cache is current; above 45 s something is wrong. */
  ageMs(): number {
    return this.#timing.monotonicMs() - this.#freshAt;
  }

  get(namespace: string, name: string): P | undefined {
    return this.#cache.get(namespace, name);
  }

  /** Of one namespace, or of all; in no particular order. */
  values(namespace?: string): readonly P[] {
    return this.#cache.values(namespace);
  }

  /** Namespaces with at least one object. */
  namespaces(): readonly string[] {
    return this.#cache.namespaces();
  }

  /** Resolves at the first whole list; rejects with the signal's reason. */
  whenSynced(signal?: AbortSignal): Promise<void> {
    return this.#changes.until(() => this.#synced, signal);
  }

  /** Resolves once everything up to this resource version is in the cache and `onChange` has been told. */
  caughtUpTo(resourceVersion: string, signal?: AbortSignal): Promise<void> {
    return this.#changes.until(
      () => this.#synced && compareResourceVersions(this.#newest, resourceVersion) >= 0,
      signal,
    );
  }

  /**
   * Lists now, beside the watch: afterwards the cache holds at least everything written before the call.
   *
   * @throws ApiError, TransportError when the list fails; the cache stays as it was
   */
  async catchUp(signal?: AbortSignal): Promise<void> {
    const { objects, resourceVersion } = await this.#readPages(signal);
    const isWatchAhead = this.#synced && compareResourceVersions(resourceVersion, this.#newest) < 0;
    if (!isWatchAhead) this.#believe(objects, resourceVersion);
  }

  /** Lists and watches until the signal is aborted; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = this.#timing.monotonicMs();
      try {
        await this.#follow(signal);
        failures = 0;
        this.#forgotten = 0;
      } catch (error) {
        if (signal.aborted) break;
        if (this.#freshAt - startedAt > lastingMs) {
          failures = 0;
          this.#forgotten = 0;
        }
        failures = this.#afterFailure(error, failures);
      }
      await this.#timing.sleep(this.#pauseMs(failures), signal).catch(() => {});
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    if (this.#resumeAt === undefined && this.#initial === 'stream') return this.#watch(signal, true);
    if (this.#resumeAt === undefined) {
      const { objects, resourceVersion } = await this.#readPages(signal);
      this.#believe(objects, resourceVersion);
    }
    return this.#watch(signal, false);
  }

  /** The new number of failures in a row; what is not worth a longer pause is none. */
  #afterFailure(error: unknown, failures: number): number {
    if (this.#resumeAt === undefined && this.#initial === 'stream' && isRefused(error)) {
      this.#initial = 'pages';
      return 0;
    }
    if (isApiError(error, 410)) {
      // Whoever was away lists at once; a server that forgets everything at once is asked ever more slowly.
      this.#resumeAt = undefined;
      this.#forgotten += 1;
      return this.#forgotten - 1;
    }
    this.#stats.failures += 1;
    this.#lastFailure = error instanceof Error ? error.message : String(error);
    return failures + 1;
  }

  /** Even an orderly end waits: a server that closes at once must not be hammered. */
  #pauseMs(failures: number): number {
    const { random } = this.#timing;
    if (failures === 0) return 50 + 200 * random();
    return Math.min(5_000, 200 * 2 ** (failures - 1)) * (0.5 + random());
  }

  async #readPages(signal?: AbortSignal): Promise<Listing<P>> {
    const { resource, selection } = this.#options;
    const objects: CachedObject<P>[] = [];
    let next: string | undefined;
    let resourceVersion = '';
    do {
      const page = await resource.page({ ...selection, continue: next, signal });
      objects.push(...page.items.flatMap(item => this.#project(item)));
      resourceVersion = page.resourceVersion;
      next = page.continue;
    } while (next !== undefined);
    return { objects, resourceVersion };
  }

  /** One watch; with `initial` it begins with the list as a stream, which counts only once it is whole. */
  async #watch(signal: AbortSignal, initial: boolean): Promise<void> {
    const { resource, selection, watchSeconds = 25 } = this.#options;
    const timeoutSeconds = Math.ceil(watchSeconds * (1 + 0.2 * this.#timing.random()));
    const { stream } = await resource.watch({
      ...selection,
      ...(initial ? { sendInitialEvents: true } : { resourceVersion: this.#resumeAt }),
      timeoutSeconds,
      deadlineMs: (timeoutSeconds + 5) * 1000,
      signal,
    });
    this.#stats.watches += 1;
    const listing = new Map<string, CachedObject<P>>();
    let listed = !initial;
    if (listed) this.#touch();
    try {
      for await (const batch of readWatchEvents<T>(stream)) {
        for (const event of batch) {
          if (listed) this.#take(event);
          else if (isEndOfInitialEvents(event)) {
            listed = true;
            this.#believe([...listing.values()], event.object.metadata?.resourceVersion ?? '');
          } else this.#collect(listing, event);
        }
      }
    } finally {
      stream.destroy();
    }
    if (listed) return this.#touch();
    // An old server takes the question for a plain watch and never says that the list is whole.
    this.#initial = 'pages';
  }

  /** Objects may change and go while they are being listed. */
  #collect(listing: Map<string, CachedObject<P>>, { type, object }: WatchEvent<T>): void {
    if (type === 'DELETED') listing.delete(object.metadata?.uid ?? '');
    else if (type !== 'BOOKMARK') for (const cached of this.#project(object)) listing.set(cached.uid, cached);
  }

  #take(event: WatchEvent<T>): void {
    this.#stats.events += 1;
    const { uid, resourceVersion = '' } = event.object.metadata ?? {};
    // Events of one kind come in order: what is not newer has been seen, here or in a list. A UID never comes back.
    const isNews = compareResourceVersions(resourceVersion, this.#newest) > 0;
    if (event.type === 'DELETED') this.#tell(this.#cache.remove(uid ?? ''));
    else if (event.type !== 'BOOKMARK' && isNews)
      for (const object of this.#project(event.object)) this.#tell(this.#cache.put(object));
    if (isNews) this.#moveTo(resourceVersion);
    else this.#touch();
  }

  #believe(objects: readonly CachedObject<P>[], resourceVersion: string): void {
    this.#stats.lists += 1;
    this.#tell(this.#cache.replace(objects));
    this.#synced = true;
    this.#moveTo(resourceVersion);
  }

  #moveTo(resourceVersion: string): void {
    this.#resumeAt = resourceVersion;
    this.#newest = resourceVersion;
    this.#touch();
  }

  #touch(): void {
    this.#freshAt = this.#timing.monotonicMs();
    this.#changes.notify();
  }

  /** The object with its projection; a version that the cache holds is not projected again. */
  #project(object: T): readonly CachedObject<P>[] {
    const { uid, name, namespace = '', resourceVersion } = object.metadata ?? {};
    if (uid === undefined || name === undefined || resourceVersion === undefined) return [];
    const known = this.#cache.find(uid, resourceVersion);
    if (known !== undefined) return [known];
    try {
      return [{ uid, name, namespace, resourceVersion, value: this.#options.project(object) }];
    } catch (error) {
      this.#countHandlerError(error);
      return [];
    }
  }

  #tell(changes: readonly Change<P>[]): void {
    for (const change of changes) {
      try {
        this.#options.onChange?.(change);
      } catch (error) {
        this.#countHandlerError(error);
      }
    }
  }

  #countHandlerError(error: unknown): void {
    this.#stats.handlerErrors += 1;
    this.#lastFailure = error instanceof Error ? error.message : String(error);
  }
}

/** A watch that was alive for this long has worked: what ends it is the first failure, not the next. */
const lastingMs = 5_000;

interface Listing<P> {
  readonly objects: readonly CachedObject<P>[];
  readonly resourceVersion: string;
}

/** A 4xx that means "not this way", rather than "not you", "not there" or "not now". */
function isRefused(error: unknown): boolean {
  return isApiError(error) && error.status < 500 && ![401, 403, 404, 429].includes(error.status);
}

function isEndOfInitialEvents(event: WatchEvent<KubeObject>): boolean {
  const annotations = event.object.metadata?.annotations;
  return event.type === 'BOOKMARK' && annotations?.['k8s.io/initial-events-end'] === 'true';
}
