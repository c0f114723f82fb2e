import { randomUUID } from 'node:crypto';
import type { Clock } from '../../api/clock.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { qualifiedName } from '../objects/status-error.ts';
import { Collection } from './collection.ts';
import type { StoreInternals, StoreListener } from './store-internals.ts';

interface ObjectStoreOptions {
  /** The clock of creationTimestamp and deletionTimestamp. */
  readonly clock: Pick<Clock, 'now'>;
  readonly resources: readonly ResourceDefinition[];
  /** Changes kept per resource. @default 10000 */
  readonly historyLimit?: number;
  /** Makes the UID of a new object. @default a random one */
  readonly newUid?: () => string;
}

/**
 * The storage of the sandbox's API: one rising resourceVersion for all resources, one Collection for each. The API
 * server writes here for its clients, controllers write here directly; each sees the other's changes.
 *
 * @example
 * const store = new ObjectStore({ clock, resources: builtInResources });
 * const deployments = store.collection<Deployment>('deployments.apps');
 * deployments.subscribe(({ type, object }) => queue.add(type, object.metadata.name));
 * deployments.patchStatus('marketplace', 'checkout', { readyReplicas: 4 });
 */
export class ObjectStore {
  readonly #collections = new Map<string, Collection>();
  readonly #listeners = new Set<StoreListener>();
  readonly #internals: StoreInternals;
  #resourceVersion = 1;

  constructor({ clock, resources, historyLimit = 10_000, newUid = randomUUID }: ObjectStoreOptions) {
    this.#internals = {
      now: () => clock.now(),
      newUid,
      historyLimit,
      resourceVersion: () => this.#resourceVersion,
      nextResourceVersion: () => ++this.#resourceVersion,
      deliver: queued(),
      listeners: this.#listeners,
    };
    for (const resource of resources) this.register(resource);
  }

  /** The newest resourceVersion. */
  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /**
   * The objects of one resource.
   *
   * @param name `plural.group`, or the plural alone in the core group: `deployments.apps`, `pods`
   * @throws Error when the resource is not served
   */
  collection<T extends KubeObject = KubeObject>(name: string): Collection<T> {
    const collection = this.#collections.get(name);
    if (collection === undefined) throw new Error(`the sandbox does not serve the resource ${name}`);
    return collection as unknown as Collection<T>;
  }

  has(name: string): boolean {
    return this.#collections.has(name);
  }

  collections(): readonly Collection[] {
    return [...this.#collections.values()];
  }

  /** Calls `listener` for each change of every resource from now on, in order. @returns a function that ends this */
  subscribe(listener: StoreListener): () => void {
    const own: StoreListener = (event, definition) => listener(event, definition);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /**
   * Keeps everything as it is now. @returns a function that puts it back, resourceVersion included, as when etcd is
   * restored from a backup: no listener is told, and watches that are open see nothing of it
   */
  backup(): () => void {
    const resourceVersion = this.#resourceVersion;
    const restores = this.collections().map(collection => collection.backup());
    return () => {
      this.#resourceVersion = resourceVersion;
      for (const restore of restores) restore();
    };
  }

  /** Serves a resource from now on; one that is already served keeps its objects under the new definition. */
  register(definition: ResourceDefinition): void {
    const name = qualifiedName(definition);
    const present = this.#collections.get(name);
    if (present === undefined) this.#collections.set(name, new Collection(definition, this.#internals));
    else present.definition = definition;
  }

  /** Stops serving a resource and drops its objects. */
  unregister(name: string): void {
    this.#collections.delete(name);
  }
}

/** Runs deliveries one after the other: a listener's own writes are delivered after the change that caused them. */
function queued(): (delivery: () => void) => void {
  const waiting: (() => void)[] = [];
  let isRunning = false;
  return delivery => {
    waiting.push(delivery);
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
    } finally {
      isRunning = false;
    }
  };
}
