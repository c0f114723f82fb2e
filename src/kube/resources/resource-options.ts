/** Which object; the metadata of any object will do. Without a namespace the kind must be cluster-wide. */
export interface ObjectRef {
  readonly name: string;
  readonly namespace?: string | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number | undefined;
}

export interface WriteOptions extends CallOptions {
  /** Everything but the last step: validated, answered, not stored. @default false */
  readonly dryRun?: boolean | undefined;
  /** Whose name the write carries in managedFields. @default 'headstart' */
  readonly fieldManager?: string | undefined;
}

export interface PatchOptions extends WriteOptions {
  readonly sub?: 'status' | undefined;
}

export interface ApplyOptions extends PatchOptions {
  /** Take fields that others own, instead of a 409. @default true */
  readonly force?: boolean | undefined;
}

export interface DeleteOptions extends CallOptions {
  readonly dryRun?: boolean | undefined;
  /** Refused with 409 unless the object still is this one. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
}

export interface Selection {
  /** All namespaces when absent. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface PageOptions extends Selection, CallOptions {
  /** Objects in a page. @default 500 */
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** Present while more follows. */
  readonly continue?: string;
}

export interface WatchOptions extends Selection, CallOptions {
  readonly resourceVersion?: string | undefined;
  /** Begin with every object as ADDED, then a bookmark that says so: a list as a stream. */
  readonly sendInitialEvents?: boolean | undefined;
  readonly timeoutSeconds?: number | undefined;
}
