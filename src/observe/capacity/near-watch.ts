import type { Connection } from '../../kube/connect.ts';
import type { ResourceKind } from '../../kube/resources/resource-kind.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';
import type { Timing } from '../../kube/timing.ts';
import { Reflector } from '../../kube/watch/reflector.ts';

/** Milliseconds without a sign of life from which a cache is not used. */
const staleMs = 90_000;

/** Caches of one kind in the namespaces where somebody reads it, one each; nothing is kept of the others. */
export class NearWatch<T extends KubeObject, P> {
  readonly #kind: ResourceKind<T>;
  readonly #project: (object: T) => P;
  readonly #options: NearWatchOptions;
  readonly #running = new Map<string, { readonly cache: Reflector<T, P>; readonly stop: AbortController }>();

  constructor(kind: ResourceKind<T>, project: (object: T) => P, options: NearWatchOptions) {
    this.#kind = kind;
    this.#project = project;
    this.#options = options;
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
      ...(timing === undefined ? {} : { timing }),
    });
    const started = { cache, stop };
    this.#running.set(namespace, started);
    void cache.run(AbortSignal.any([stop.signal, signal]));
    return started;
  }
}

/** How near watches run. */
export interface NearWatchOptions {
  readonly connection: Connection;
  /** Ends them all. */
  readonly signal: AbortSignal;
  /** See Reflector. @default 25 */
  readonly watchSeconds?: number;
  /** See Reflector. @default 240 */
  readonly checkSeconds?: number;
  readonly timing?: Timing;
}
