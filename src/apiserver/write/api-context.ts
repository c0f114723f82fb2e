import type { KubeObject, Stored } from '../objects/kube-object.ts';
import type { Collection } from '../store/collection.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { WriteRequest } from './write-options.ts';

/** The store and the clock from which requests are answered. */
export interface ApiContext {
  readonly store: ObjectStore;
  /** The cluster's time as RFC 3339 in whole seconds. */
  readonly now: () => string;
}

/** The collection, namespace and subresource of a write, with its options. */
export interface WriteTarget {
  readonly context: ApiContext;
  readonly collection: Collection;
  /** Empty for cluster-scoped kinds. */
  readonly namespace: string;
  readonly options: WriteRequest;
  /** A write through a subresource changes nothing else. */
  readonly subresource?: 'status' | 'scale';
}

/** The object after a write. */
export interface Written {
  readonly object: Stored<KubeObject>;
  readonly isNew: boolean;
}
