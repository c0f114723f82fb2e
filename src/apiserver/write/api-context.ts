import type { KubeObject, Stored } from '../objects/kube-object.ts';
import type { Collection } from '../store/collection.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { WriteOptions } from './write-options.ts';

/** What every request is answered from. */
export interface ApiContext {
  readonly store: ObjectStore;
  /** RFC 3339 to the second, of the cluster's clock. */
  readonly now: () => string;
}

/** Where a write goes, and how it is meant. */
export interface WriteTarget {
  readonly context: ApiContext;
  readonly collection: Collection;
  /** Empty for cluster-scoped kinds. */
  readonly namespace: string;
  readonly options: WriteOptions;
  /** What is written through a subresource changes nothing else. */
  readonly subresource?: 'status' | 'scale';
}

/** An object as it is after a write. */
export interface Written {
  readonly object: Stored<KubeObject>;
  readonly isNew: boolean;
}
