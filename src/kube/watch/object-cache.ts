import type { ObjectVersion } from './read-listing.ts';

/** An object in the cache: its identity and its projection. */
export interface CachedObject<P> extends ObjectVersion {
  readonly value: P;
}

/** An object whose version in a list is not the cached one; a version is undefined where the object is missing. */
export interface Difference {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly cached: string | undefined;
  readonly listed: string | undefined;
}

/**
 * A difference between two states of the cache. An object that is deleted and created again gives a Deleted, then an
 * Added.
 */
export interface Change<P> {
  readonly type: 'Added' | 'Modified' | 'Deleted';
  readonly namespace: string;
  readonly name: string;
  /** The current projection; for a Deleted, the last known one. */
  readonly value: P;
}

/**
 * A cache of the objects of one kind by UID, with an index by namespace and name. Each edit returns the changes it
 * made.
 */
export class ObjectCache<P> {
  #byUid = new Map<string, CachedObject<P>>();
  readonly #uidsByNamespace = new Map<string, Map<string, string>>();

  get size(): number {
    return this.#byUid.size;
  }

  get(namespace: string, name: string): P | undefined {
    const uid = this.#uidsByNamespace.get(namespace)?.get(name);
    return uid === undefined ? undefined : this.#byUid.get(uid)?.value;
  }

  /** The projections in one namespace, or in all; in no particular order. */
  values(namespace?: string): readonly P[] {
    if (namespace === undefined) return [...this.#byUid.values()].map(object => object.value);
    const uids = this.#uidsByNamespace.get(namespace)?.values() ?? [];
    return [...uids].flatMap(uid => this.#byUid.get(uid)?.value ?? []);
  }

  /** The namespaces with at least one object. */
  namespaces(): readonly string[] {
    return [...this.#uidsByNamespace.keys()];
  }

  /** The object of this UID, where the cache holds it in exactly this version. */
  find(uid: string, resourceVersion: string): CachedObject<P> | undefined {
    const known = this.#byUid.get(uid);
    return known?.resourceVersion === resourceVersion ? known : undefined;
  }

  /** Stores the object of an ADDED or MODIFIED event. */
  put(object: CachedObject<P>): readonly Change<P>[] {
    const type = this.#byUid.has(object.uid) ? 'Modified' : 'Added';
    return [...this.#removeNamesake(object), this.#store(object, type)];
  }

  /**
   * Removes the object of a DELETED event. Does nothing when its UID is unknown, so that a successor of the same name
   * stays.
   */
  remove(uid: string): readonly Change<P>[] {
    const known = this.#byUid.get(uid);
    if (known === undefined) return [];
    this.#byUid.delete(uid);
    const names = this.#uidsByNamespace.get(known.namespace);
    names?.delete(known.name);
    if (names?.size === 0) this.#uidsByNamespace.delete(known.namespace);
    return [toChange('Deleted', known)];
  }

  /** The resource version of an object, by UID. */
  versionOf(uid: string): string | undefined {
    return this.#byUid.get(uid)?.resourceVersion;
  }

  /** Compares the cache with a complete list. */
  differences(listed: readonly ObjectVersion[]): readonly Difference[] {
    const byUid = new Map(listed.map(object => [object.uid, object]));
    const changed = listed.flatMap(({ uid, namespace, name, resourceVersion }) => {
      const cached = this.versionOf(uid);
      return cached === resourceVersion ? [] : [{ uid, namespace, name, cached, listed: resourceVersion }];
    });
    const gone = [...this.#byUid.values()].filter(({ uid }) => !byUid.has(uid));
    return [
      ...changed,
      ...gone.map(({ uid, namespace, name, resourceVersion }) => ({
        uid,
        namespace,
        name,
        cached: resourceVersion,
        listed: undefined,
      })),
    ];
  }

  /**
   * Forgets the cached versions, so that the next `replace` takes every object again: a version may mean other content.
   */
  distrust(): void {
    for (const [uid, object] of this.#byUid) this.#byUid.set(uid, { ...object, resourceVersion: '' });
  }

  /**
   * Replaces the cache by a complete list, even one older than what was seen: the server's store may have been restored
   * from a backup.
   */
  replace(objects: readonly CachedObject<P>[]): readonly Change<P>[] {
    const listed = new Set(objects.map(object => object.uid));
    const gone = [...this.#byUid.keys()].filter(uid => !listed.has(uid)).flatMap(uid => this.remove(uid));
    const rest = objects.flatMap(object => (this.find(object.uid, object.resourceVersion) ? [] : this.put(object)));
    return [...gone, ...rest];
  }

  #removeNamesake(object: CachedObject<P>): readonly Change<P>[] {
    const uid = this.#uidsByNamespace.get(object.namespace)?.get(object.name);
    return uid === undefined || uid === object.uid ? [] : this.remove(uid);
  }

  #store(object: CachedObject<P>, type: 'Added' | 'Modified'): Change<P> {
    this.#byUid.set(object.uid, object);
    const names = this.#uidsByNamespace.get(object.namespace) ?? new Map<string, string>();
    this.#uidsByNamespace.set(object.namespace, names.set(object.name, object.uid));
    return toChange(type, object);
  }
}

function toChange<P>(type: Change<P>['type'], { namespace, name, value }: CachedObject<P>): Change<P> {
  return { type, namespace, name, value };
}
