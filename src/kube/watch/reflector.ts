import { isApiError } from '../api-error.ts';
import type { KubeObject } from '../resources/wire.ts';
import { realTiming, type Timing } from '../timing.ts';
import { ChangeSignal } from './change-signal.ts';
import { firstCheckMs } from './check-pause.ts';
import { isEndOfInitialEvents, isRefused } from './initial-stream.ts';
import { type CachedObject, type Change, type Difference, ObjectCache } from './object-cache.ts';
import { type Listing, readListing, versionsOf } from './read-listing.ts';
import type { ReflectorOptions, ReflectorStats } from './reflector-options.ts';
import { compareResourceVersions } from './resource-version.ts';
import { readWatchEvents, type WatchEvent } from './watch-events.ts';

/**
 * A cache of one kind that follows the cluster: list, then watch, until stopped. It survives restarts of the server,
 * lost and silent connections, truncated and invalid lines, and an expired resource version (410), and never misses a
 * delete. With `checkSeconds` it also survives a store that was restored from a backup.
 */
export class Reflector<T extends KubeObject, P> {
  readonly #options: ReflectorOptions<T, P>;
  readonly #timing: Timing;
  readonly #cache = new ObjectCache<P>();
  readonly #changes = new ChangeSignal();
  readonly #stats = { lists: 0, watches: 0, events: 0, failures: 0, checks: 0, differences: 0, handlerErrors: 0 };
  #lastFailure: string | undefined;
  #initial: 'stream' | 'pages';
  /** The resource version where the next watch begins; undefined asks for a list. */
  #resumeAt: string | undefined;
  #newest = '';
  #synced = false;
  /** Answers of 410 in a row. */
  #consecutiveGone = 0;
  #freshAt: number;
  /** Ends the watch under way, so that the next begins at `#resumeAt`. */
  #restart = new AbortController();
  /** Ends the pause before the next check. */
  #checkSoon = new AbortController();

  constructor(options: ReflectorOptions<T, P>) {
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.#initial = options.initial ?? 'stream';
    this.#freshAt = this.#timing.monotonicMs();
  }

  /** Whether a complete list has been read; stays true. */
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

  /** Milliseconds since the server last confirmed that this cache is current; above 45 s something is wrong. */
  ageMs(): number {
    return this.#timing.monotonicMs() - this.#freshAt;
  }

  get(namespace: string, name: string): P | undefined {
    return this.#cache.get(namespace, name);
  }

  /** The projections in one namespace, or in all; in no particular order. */
  values(namespace?: string): readonly P[] {
    return this.#cache.values(namespace);
  }

  /** The namespaces with at least one object. */
  namespaces(): readonly string[] {
    return this.#cache.namespaces();
  }

  /** Resolves at the first complete list; rejects with the signal's reason. */
  whenSynced(signal?: AbortSignal): Promise<void> {
    return this.#changes.until(() => this.#synced, signal);
  }

  /** Resolves once everything up to this resource version is in the cache and `onChange` has been called for it. */
  caughtUpTo(resourceVersion: string, signal?: AbortSignal): Promise<void> {
    return this.#changes.until(
      () => this.#synced && compareResourceVersions(this.#newest, resourceVersion) >= 0,
      signal,
    );
  }

  /**
   * Lists now, beside the watch: afterwards the cache holds at least everything written before the call.
   *
   * @throws ApiError, TransportError when the list fails; the cache then stays unchanged
   */
  async catchUp(signal?: AbortSignal): Promise<void> {
    const before = this.#newest;
    const { objects, resourceVersion } = await this.#readPages(signal);
    const isWatchAhead = this.#synced && compareResourceVersions(resourceVersion, this.#newest) < 0;
    if (!isWatchAhead) this.#replaceAll(objects, resourceVersion);
    else if (this.#options.checkSeconds !== undefined && compareResourceVersions(resourceVersion, before) < 0)
      await this.check(signal);
  }

  /**
   * Lists now, compares the versions with the cache, and repairs what no event of the watch explains. A list is never
   * older than the call: one older than what was known before means that the store was restored from a backup.
   *
   * @throws ApiError, TransportError when the list fails; the cache then stays unchanged
   */
  async check(signal?: AbortSignal): Promise<void> {
    const before = this.#newest;
    const { resource, selection } = this.#options;
    const listed = await readListing({ resource, selection, take: versionsOf, signal });
    this.#stats.checks += 1;
    const wentBack = compareResourceVersions(listed.resourceVersion, before) < 0;
    const suspects = this.#cache.differences(listed.objects);
    if (wentBack) return this.#repair(suspects, true, signal);
    if (suspects.length === 0) return;
    await this.#timing.sleep(settleMs, signal);
    const lasting = suspects.filter(({ uid, cached }) => this.#cache.versionOf(uid) === cached);
    if (lasting.length > 0) await this.#repair(lasting, false, signal);
  }

  /** Lists, watches and checks until the signal is aborted; never throws. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#followAll(signal), this.#checkAll(signal)]);
  }

  async #checkAll(signal: AbortSignal): Promise<void> {
    const { checkSeconds, resource, selection } = this.#options;
    if (checkSeconds === undefined) return;
    await this.whenSynced(signal).catch(() => {});
    const periodMs = checkSeconds * 1000;
    let pauseMs = firstCheckMs(`${resource.kind.plural}/${selection?.namespace ?? ''}`, periodMs);
    while (!signal.aborted) {
      await this.#timing.sleep(leastCheckMs, signal).catch(() => {});
      const waking = AbortSignal.any([signal, this.#checkSoon.signal]);
      await this.#timing.sleep(Math.max(0, pauseMs - leastCheckMs), waking).catch(() => {});
      if (signal.aborted) break;
      this.#checkSoon = new AbortController();
      pauseMs = periodMs;
      await this.check(signal).catch(error => this.#countFailure(error, signal));
    }
  }

  async #followAll(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = this.#timing.monotonicMs();
      try {
        await this.#follow(signal);
        failures = 0;
        this.#consecutiveGone = 0;
      } catch (error) {
        if (signal.aborted) break;
        if (this.#freshAt - startedAt > workedAfterMs) {
          failures = 0;
          this.#consecutiveGone = 0;
        }
        failures = this.#afterFailure(error, failures);
      }
      await this.#timing.sleep(this.#pauseMs(failures), signal).catch(() => {});
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const isStream = this.#resumeAt === undefined && this.#initial === 'stream';
    if (this.#resumeAt === undefined && !isStream) {
      const { objects, resourceVersion } = await this.#readPages(signal);
      this.#replaceAll(objects, resourceVersion);
    }
    const restart = new AbortController();
    this.#restart = restart;
    try {
      await this.#watch(AbortSignal.any([signal, restart.signal]), isStream);
    } catch (error) {
      if (signal.aborted || !restart.signal.aborted) throw error;
    }
  }

  /** Takes the server's word that it lacks the kind: there are no objects, and the next request, in 5 s, lists anew. */
  #takeAbsent(): number {
    this.#report(this.#cache.replace([]));
    this.#resumeAt = undefined;
    this.#synced = true;
    this.#touch();
    return 6;
  }

  /** The new number of consecutive failures; 0 when the failure needs no longer pause. */
  #afterFailure(error: unknown, failures: number): number {
    if (this.#resumeAt === undefined && this.#initial === 'stream' && isRefused(error)) {
      this.#initial = 'pages';
      return 0;
    }
    if (this.#options.isOptional === true && isApiError(error, 404)) return this.#takeAbsent();
    if (isApiError(error, 410)) {
      // List again at once after the first 410; after repeated ones, wait longer each time.
      this.#resumeAt = undefined;
      this.#consecutiveGone += 1;
      return this.#consecutiveGone - 1;
    }
    this.#countFailure(error);
    return failures + 1;
  }

  #countFailure(error: unknown, signal?: AbortSignal): void {
    if (signal?.aborted) return;
    this.#stats.failures += 1;
    if (isApiError(error, 404)) this.#options.onNotServed?.();
    this.#lastFailure = error instanceof Error ? error.message : String(error);
  }

  /**
   * Milliseconds to wait before the next watch. Even after an orderly end it is not 0, so that a server that closes at
   * once is not flooded.
   */
  #pauseMs(failures: number): number {
    const { random } = this.#timing;
    if (failures === 0) return 50 + 200 * random();
    return Math.min(5_000, 200 * 2 ** (failures - 1)) * (0.5 + random());
  }

  #readPages(signal?: AbortSignal): Promise<Listing<CachedObject<P>>> {
    const { resource, selection } = this.#options;
    return readListing({ resource, selection, take: object => this.#project(object), signal });
  }

  /**
   * Takes a whole list, reports the differences, and starts the watch again. When versions went back, every object is
   * taken, since the same version may mean other content.
   */
  async #repair(suspects: readonly Difference[], wentBack: boolean, signal?: AbortSignal): Promise<void> {
    if (wentBack) this.#cache.distrust();
    const { objects, resourceVersion } = await this.#readPages(signal);
    const isWatchAhead = compareResourceVersions(resourceVersion, this.#newest) < 0;
    if (isWatchAhead && !wentBack) return this.#checkSoon.abort();
    const changed = new Set(this.#replaceAll(objects, resourceVersion).map(keyOf));
    this.#restart.abort(new Error('the cache was repaired; the watch begins anew'));
    const found = suspects.map(keyOf).filter(key => changed.has(key));
    if (found.length === 0 && !wentBack) return;
    this.#stats.differences += found.length;
    this.#options.onRepair?.({ differences: found.length, examples: found.slice(0, 5), wentBack });
  }

  /**
   * Runs one watch. With `initial` it begins with the list as a stream, which takes effect only once it is complete.
   */
  async #watch(signal: AbortSignal, initial: boolean): Promise<void> {
    const { resource, selection, watchSeconds = 25 } = this.#options;
    const timeoutSeconds = Math.ceil(watchSeconds * (1 + 0.2 * this.#timing.random()));
    const startedAt = initial ? '' : (this.#resumeAt ?? '');
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
        if (signal.aborted) return;
        for (const event of batch) {
          if (listed) this.#take(event, startedAt);
          else if (isEndOfInitialEvents(event)) {
            listed = true;
            this.#replaceAll([...listing.values()], event.object.metadata?.resourceVersion ?? '');
          } else this.#collect(listing, event);
        }
      }
    } finally {
      stream.destroy();
    }
    if (listed) return this.#touch();
    // An older server ignores sendInitialEvents and never marks the end of the list.
    this.#initial = 'pages';
  }

  /** Applies an event that arrives while the initial list is still being streamed. */
  #collect(listing: Map<string, CachedObject<P>>, { type, object }: WatchEvent<T>): void {
    if (type === 'DELETED') listing.delete(object.metadata?.uid ?? '');
    else if (type !== 'BOOKMARK') for (const cached of this.#project(object)) listing.set(cached.uid, cached);
  }

  /** @param startedAt the version where this watch began: no event up to it can come, unless versions went back */
  #take(event: WatchEvent<T>, startedAt: string): void {
    this.#stats.events += 1;
    const { uid, resourceVersion = '', namespace = '', name = '' } = event.object.metadata ?? {};
    if (event.type === 'DELETED') this.#options.onDeleted?.(namespace, name);
    // Events of one kind come in order: one that is not newer has been seen, here or in a list. A UID is never reused.
    const isNewer = compareResourceVersions(resourceVersion, this.#newest) > 0;
    if (event.type === 'DELETED') this.#report(this.#cache.remove(uid ?? ''));
    else if (event.type !== 'BOOKMARK' && isNewer)
      for (const object of this.#project(event.object)) this.#report(this.#cache.put(object));
    if (event.type !== 'BOOKMARK' && compareResourceVersions(resourceVersion, startedAt) <= 0) this.#checkSoon.abort();
    if (isNewer) this.#moveTo(resourceVersion);
    else this.#touch();
  }

  #replaceAll(objects: readonly CachedObject<P>[], resourceVersion: string): readonly Change<P>[] {
    this.#stats.lists += 1;
    const changes = this.#cache.replace(objects);
    this.#report(changes);
    this.#synced = true;
    this.#moveTo(resourceVersion);
    return changes;
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

  #report(changes: readonly Change<P>[]): void {
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

/**
 * Milliseconds after which a watch counts as having worked, so that its end is a first failure and not one more in a
 * row.
 */
const workedAfterMs = 5_000;

/** Milliseconds for the watch to deliver what a list showed earlier. */
const settleMs = 2_000;
/** Shortest time between two checks, in milliseconds. */
const leastCheckMs = 10_000;

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
