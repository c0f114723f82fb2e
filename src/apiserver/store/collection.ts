import type { JsonObject } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { mergePatch } from '../objects/merge-patch.ts';
import { keyOf, objectKey } from '../objects/object-key.ts';
import { checkDelete, checkWrite, type Preconditions } from '../objects/preconditions.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { alreadyExists, notFound } from '../objects/status-error.ts';
import {
  formatTime,
  freezeStored,
  isDeleting,
  isHeld,
  ownedByStore,
  withGeneration,
} from '../objects/stored-object.ts';
import { EventLog, type ObjectEvent } from './event-log.ts';
import { SortedObjects } from './sorted-objects.ts';
import type { StoreInternals } from './store-internals.ts';
import { undoEvents } from './undo-events.ts';

interface WriteOptions {
  /** Whether to check and return the result without storing it. @default false */
  readonly dryRun?: boolean;
}

type Listener<T extends KubeObject> = (event: ObjectEvent<T>) => void;

/**
 * The objects of one resource. Controllers use `get`, `list`, `create`, `update` (spec and metadata), `patchStatus`,
 * `delete` and `subscribe`. Objects are returned frozen; a write takes a new object and returns the stored one. Values
 * are not checked here: defaults and validation belong to the API server. Cluster-scoped resources have the namespace
 * ''.
 */
export class Collection<T extends KubeObject = KubeObject> {
  definition: ResourceDefinition;
  readonly #store: StoreInternals;
  #objects = new SortedObjects<Stored<T>>();
  readonly #listeners = new Set<Listener<T>>();
  #log: EventLog<T>;

  constructor(definition: ResourceDefinition, store: StoreInternals) {
    this.definition = definition;
    this.#store = store;
    this.#log = new EventLog<T>(store.resourceVersion(), store.historyLimit);
  }

  /** Keeps what is stored now. @returns a function that puts it back and tells no listener; see ObjectStore.backup */
  backup(): () => void {
    const kept = this.#objects.list('');
    return () => {
      this.#objects = new SortedObjects();
      for (const object of kept) this.#objects.set(objectKey(object), object);
      this.#log = new EventLog<T>(this.#store.resourceVersion(), this.#store.historyLimit);
    };
  }

  get size(): number {
    return this.#objects.size;
  }

  get(namespace: string, name: string): Stored<T> | undefined {
    return this.#objects.get(keyOf(namespace, name));
  }

  /** The objects, sorted by namespace and name. @param namespace all namespaces when absent */
  list(namespace?: string): readonly Stored<T>[] {
    return this.#objects.list(namespace === undefined ? '' : keyOf(namespace, ''));
  }

  /**
   * The objects as they were at an earlier resourceVersion.
   *
   * @throws StatusError 410 Expired when the changes since then are no longer known
   */
  listAt(resourceVersion: number, namespace?: string): readonly Stored<T>[] {
    const changes = this.#log.since(resourceVersion);
    return changes.length === 0 ? this.list(namespace) : undoEvents(this.list(namespace), changes, namespace);
  }

  /** Stores a new object. @throws StatusError 409 AlreadyExists */
  create(object: T, { dryRun = false }: WriteOptions = {}): Stored<T> {
    const { namespace = '', name } = object.metadata;
    const present = this.get(namespace, name);
    if (present !== undefined) throw alreadyExists(this.definition, name, isDeleting(present));
    const metadata = {
      ...object.metadata,
      uid: this.#store.newUid(),
      creationTimestamp: formatTime(this.#store.now()),
      ...(dryRun ? {} : { resourceVersion: String(this.#store.nextResourceVersion()) }),
      ...(this.definition.generation ? { generation: 1 } : {}),
    };
    const created = freezeStored({ ...object, metadata });
    if (dryRun) return created;
    this.#keep('ADDED', created);
    return created;
  }

  /**
   * Replaces spec and metadata, and keeps status. A `metadata.resourceVersion` or `uid` in the object must equal the
   * stored one. Writing an equal object changes nothing.
   *
   * @throws StatusError 404 NotFound, 409 Conflict
   */
  update(object: T, options: WriteOptions = {}): Stored<T> {
    const current = this.#require(object.metadata.namespace ?? '', object.metadata.name);
    const { status: _, ...intent } = object;
    return this.replace((current.status === undefined ? intent : { ...intent, status: current.status }) as T, options);
  }

  /**
   * Merges `patch` into the status; null removes a field, lists are replaced.
   *
   * @throws StatusError 404 NotFound
   */
  patchStatus(namespace: string, name: string, patch: object): Stored<T> {
    const current = this.#require(namespace, name);
    const status = mergePatch((current.status ?? {}) as JsonObject, patch as JsonObject);
    return this.replace({ ...current, status } as unknown as T);
  }

  /**
   * Replaces the whole object, status included. With a deletionTimestamp and no finalizers, the object is removed.
   *
   * @throws StatusError 404 NotFound, 409 Conflict
   */
  replace(object: T, { dryRun = false }: WriteOptions = {}): Stored<T> {
    const { namespace = '', name } = object.metadata;
    const current = this.#require(namespace, name);
    checkWrite(this.definition, object.metadata, current);
    const next = { ...object, metadata: { ...object.metadata, ...ownedByStore(current) } };
    if (isSameJson(next, current)) return current;
    const removed = isDeleting(next) && !isHeld(next, this.definition);
    return this.#write(current, withGeneration(current, next), { dryRun, removed });
  }

  /**
   * Removes an object. One with finalizers gets a deletionTimestamp and stays until the last finalizer is removed.
   *
   * @returns the object as it is now (deletionTimestamp set) or last was
   * @throws StatusError 404 NotFound, 409 Conflict when a precondition fails
   */
  delete(namespace: string, name: string, options: Preconditions & WriteOptions = {}): Stored<T> {
    const current = this.#require(namespace, name);
    checkDelete(this.definition, options, current);
    const { dryRun = false } = options;
    if (!isHeld(current, this.definition)) return this.#write(current, current, { dryRun, removed: true });
    if (isDeleting(current)) return current;
    const { generation } = current.metadata;
    const metadata = {
      ...current.metadata,
      deletionTimestamp: formatTime(this.#store.now()),
      deletionGracePeriodSeconds: 0,
      ...(generation === undefined ? {} : { generation: generation + 1 }),
    };
    const { dyingStatus } = this.definition.rules;
    const status = dyingStatus === undefined ? {} : { status: { ...(current.status ?? {}), ...dyingStatus } };
    return this.#write(current, { ...current, metadata, ...status }, { dryRun, removed: false });
  }

  /**
   * Calls `listener` for each change from now on, in order, before the write returns.
   *
   * @returns a function that ends this
   */
  subscribe(listener: Listener<T>): () => void {
    const own: Listener<T> = event => listener(event);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /**
   * Returns every change after `resourceVersion`, oldest first.
   *
   * @throws StatusError 410 Expired when some are no longer known
   */
  eventsSince(resourceVersion: number): readonly ObjectEvent<T>[] {
    return this.#log.since(resourceVersion);
  }

  /** Drops all changes up to now, as the real server does after a restart: older watches are answered with 410. */
  forgetHistory(): void {
    this.#log.forget(0);
  }

  #require(namespace: string, name: string): Stored<T> {
    const current = this.get(namespace, name);
    if (current === undefined) throw notFound(this.definition, name);
    return current;
  }

  #write(current: Stored<T>, next: T, { dryRun, removed }: { dryRun: boolean; removed: boolean }): Stored<T> {
    if (dryRun) return freezeStored(next);
    const resourceVersion = String(this.#store.nextResourceVersion());
    const written = freezeStored({ ...next, metadata: { ...next.metadata, resourceVersion } });
    this.#keep(removed ? 'DELETED' : 'MODIFIED', written, current);
    return removed ? freezeStored(next) : written;
  }

  #keep(type: ObjectEvent['type'], object: Stored<T>, previous?: Stored<T>): void {
    const key = objectKey(object);
    if (type === 'DELETED') this.#objects.delete(key);
    else this.#objects.set(key, object);
    const resourceVersion = Number(object.metadata.resourceVersion);
    const event = { type, object, resourceVersion, ...(previous === undefined ? {} : { previous }) };
    this.#log.append(event);
    this.#store.deliver(() => {
      for (const listener of this.#listeners) listener(event);
      for (const listener of this.#store.listeners) listener(event as unknown as ObjectEvent, this.definition);
    });
  }
}
