import type { Connection } from '../../kube/connect.ts';
import type { ResourceKind } from '../../kube/resources/resource-kind.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';
import type { Timing } from '../../kube/timing.ts';
import type { Change } from '../../kube/watch/object-cache.ts';
import { Reflector } from '../../kube/watch/reflector.ts';
import type { ClusterChange } from '../watch-kind.ts';

/** Milliseconds without a sign of life from which a cache is not used. */
const staleMs = 90_000;

/** Caches of one kind in the namespaces where somebody reads it, one each; nothing is kept of the others. */
export class NearWatch<T extends KubeObject, P> {
  readonly #kind: ResourceKind<T>;
  readonly #project: (object: T) => P;
  readonly #options: NearWatchOptions;
  readonly #watchedFields: ((value: P) => unknown) | undefined;
  readonly #running = new Map<string, { readonly cache: Reflector<T, P>; readonly stop: AbortController }>();

  /**
   * @param options `watchedFields` selects what of an object asks for a new reconcile when it is there, changes or goes;
   *   without it, a change is seen at the next reconcile
   */
  constructor(
    kind: ResourceKind<T>,
    project: (object: T) => P,
    options: NearWatchOptions & { readonly watchedFields?: (value: P) => unknown },
  ) {
    this.#kind = kind;
    this.#project = project;
    this.#options = options;
    this.#watchedFields = options.watchedFields;
  }

  /** Namespaces that are watched, sorted. */
  get namespaces(): readonly string[] {
    return [...this.#running.keys()].sort();
  }

  /**
   * Returns what is known of a namespace; undefined while it was not read yet, may not be read, or is silent. The first
   * call starts the watch.
   */
  read(namespace: string): readonly P[] | undefined {
    const { cache } = this.#running.get(namespace) ?? this.#start(namespace);
    return cache.synced && cache.ageMs() <= staleMs ? cache.values() : undefined;
  }

  /** As `read` while it is wanted; ends the watch once it is not. */
  readWhile(isWanted: boolean, namespace: string): readonly P[] | undefined {
    if (isWanted) return this.read(namespace);
    this.release(namespace);
    return undefined;
  }

  /** Ends the watch of a namespace and forgets what it holds. */
  release(namespace: string): void {
    this.#running.get(namespace)?.stop.abort(new Error('nobody reads it any more'));
    this.#running.delete(namespace);
  }

  /** Lists everything that is watched now; a namespace that cannot be listed stays as it is. */
  async catchUp(signal?: AbortSignal): Promise<void> {
    await Promise.allSettled([...this.#running.values()].map(({ cache }) => cache.catchUp(signal)));
  }

  #start(namespace: string) {
    const { connection, signal, watchSeconds = 25, checkSeconds = 240, timing } = this.#options;
    const stop = new AbortController();
    const cache = new Reflector<T, P>({
      resource: connection.resource(this.#kind),
      project: this.#project,
      selection: { namespace },
      watchSeconds,
      checkSeconds,
      onChange: this.#teller(),
      ...(timing === undefined ? {} : { timing }),
    });
    const started = { cache, stop };
    this.#running.set(namespace, started);
    void cache.run(AbortSignal.any([stop.signal, signal]));
    return started;
  }

  /** Tells the changes of the watched fields in one cache. */
  #teller(): (change: Change<P>) => void {
    const seen = new Map<string, string>();
    return ({ type, namespace, name, value }) => {
      if (this.#watchedFields === undefined) return;
      const face = JSON.stringify(this.#watchedFields(value)) ?? '';
      const isAsBefore = type === 'Modified' && seen.get(name) === face;
      if (type === 'Deleted') seen.delete(name);
      else seen.set(name, face);
      if (!isAsBefore) this.#options.onChange?.({ kind: this.#kind.kind, namespace, name, type });
    };
  }
}

/** How near watches run. */
export interface NearWatchOptions {
  readonly connection: Connection;
  /** Ends them all. */
  readonly signal: AbortSignal;
  /** Called for every change that needs a new reconcile; must only enqueue. */
  readonly onChange?: (change: ClusterChange) => void;
  /** See Reflector. @default 25 */
  readonly watchSeconds?: number;
  /** See Reflector. @default 240 */
  readonly checkSeconds?: number;
  readonly timing?: Timing;
}
