/** What is kept of an object: what it is called, and its projection. */
export interface CachedObject<P> {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly value: P;
}

/** A difference between the cluster before and now. A deleted and re-created object is a Deleted, then an Added. */
export interface Change<P> {
  readonly type: 'Added' | 'Modified' | 'Deleted';
  readonly namespace: string;
  readonly name: string;
  /** The projection now; of a Deleted the last one known. */
  readonly value: P;
}

/** The objects of one kind by UID, with an index by namespace and name. Every edit tells what changed. */
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

  /** Of one namespace, or of all; in no particular order. */
  values(namespace?: string): readonly P[] {
    if (namespace === undefined) return [...this.#byUid.values()].map(object => object.value);
    const uids = this.#uidsByNamespace.get(namespace)?.values() ?? [];
    return [...uids].flatMap(uid => this.#byUid.get(uid)?.value ?? []);
  }

  /** Namespaces with at least one object. */
  namespaces(): readonly string[] {
    return [...this.#uidsByNamespace.keys()];
  }

  /** The object of this UID, where the cache holds it in exactly this version. */
  find(uid: string, resourceVersion: string): CachedObject<P> | undefined {
    const known = this.#byUid.get(uid);
    return known?.resourceVersion === resourceVersion ? known : undefined;
  }

  /** What an ADDED or MODIFIED says. */
  put(object: CachedObject<P>): readonly Change<P>[] {
    const type = this.#byUid.has(object.uid) ? 'Modified' : 'Added';
    return [...this.#removeNamesake(object), this.#store(object, type)];
  }

  /** What a DELETED says; nothing when that very object is not here (its successor of the same name stays). */
  remove(uid: string): readonly Change<P>[] {
    const known = this.#byUid.get(uid);
    if (known === undefined) return [];
    this.#byUid.delete(uid);
    const names = this.#uidsByNamespace.get(known.namespace);
    names?.delete(known.name);
    if (names?.size === 0) this.#uidsByNamespace.delete(known.namespace);
    return [toChange('Deleted', known)];
  }

  /** What a whole list says. It is believed even where it is older than what was seen: the store was put back. */
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
