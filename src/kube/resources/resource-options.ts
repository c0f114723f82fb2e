/** The name of one object; the metadata of any object fits. Without a namespace the kind must be cluster-scoped. */
export interface ObjectRef {
  readonly name: string;
  readonly namespace?: string | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

export interface WriteOptions extends CallOptions {
  /** Whether the server validates and answers but stores nothing. @default false */
  readonly dryRun?: boolean | undefined;
  /** The name recorded for the write in managedFields. @default 'headstart' */
  readonly fieldManager?: string | undefined;
}

export interface PatchOptions extends WriteOptions {
  readonly sub?: 'status' | undefined;
}

export interface ApplyOptions extends PatchOptions {
  /** Whether to take fields that other managers own, instead of a 409. @default true */
  readonly force?: boolean | undefined;
}

export interface DeleteOptions extends CallOptions {
  readonly dryRun?: boolean | undefined;
  /** The identity or version that the object must still have, else 409. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
}

export interface Selection {
  /** One namespace. @default all namespaces */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface PageOptions extends Selection, CallOptions {
  /** Objects per page. @default 500 */
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** The token of the next page; absent on the last one. */
  readonly continue?: string;
}

export interface WatchOptions extends Selection, CallOptions {
  readonly resourceVersion?: string | undefined;
  /** Whether the stream begins with every object as ADDED and a bookmark that marks their end: a list as a stream. */
  readonly sendInitialEvents?: boolean | undefined;
  readonly timeoutSeconds?: number | undefined;
}
