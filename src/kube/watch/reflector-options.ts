import type { Resource } from '../resources/resource.ts';
import type { Selection } from '../resources/resource-options.ts';
import type { KubeObject } from '../resources/wire.ts';
import type { Timing } from '../timing.ts';
import type { Change } from './object-cache.ts';

export interface ReflectorOptions<T extends KubeObject, P> {
  readonly resource: Resource<T>;
  /** Chooses what to keep of an object: fewer fields take less memory (a Deployment of 6 KiB becomes 0.5 KiB). */
  readonly project: (object: T) => P;
  /** Called for each change; should only enqueue. Its exceptions are counted, not passed on. */
  readonly onChange?: (change: Change<P>) => void;
  /** Called for each DELETED event of a watch, before `onChange`; a list that lacks an object calls it not. */
  readonly onDeleted?: (namespace: string, name: string) => void;
  /** Called when the server answers 404 to a list or watch: it does not serve the kind. */
  readonly onNotServed?: () => void;
  /**
   * Whether the server may lack the kind: a 404 then means that there are no objects, and it is asked again every
   * few seconds. @default false: a 404 is a failure
   */
  readonly isOptional?: boolean;
  readonly selection?: Selection;
  /** How the first state is read; falls back to pages when the server refuses the stream. @default 'stream' */
  readonly initial?: 'stream' | 'pages';
  /**
   * Seconds that one watch lasts, jittered up by 20 %; it is cut off 5 s later. A silent connection costs at most that.
   *
   * @default 25
   */
  readonly watchSeconds?: number;
  /**
   * Seconds between two full lists that are compared with the cache. A watch of a server whose store was restored from
   * a backup sends nothing newer and looks healthy. @default never
   */
  readonly checkSeconds?: number;
  /** Called when a check has found and repaired differences, after `onChange` for each; should not throw. */
  readonly onRepair?: (repair: CacheRepair) => void;
  readonly timing?: Timing;
}

/** Differences between a cache and a full list that no watch explains; they are repaired. */
export interface CacheRepair {
  /** Objects that were missing, outdated or gone. */
  readonly differences: number;
  /** "namespace/name" of some of them. */
  readonly examples: readonly string[];
  /** Whether the server's resource versions went back: its store was restored from a backup. */
  readonly wentBack: boolean;
}

export interface ReflectorStats {
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  /** Lists and watches that failed, except with 410. */
  readonly failures: number;
  /** Full lists that were compared with the cache. */
  readonly checks: number;
  /** Objects that such a list found different and repaired. */
  readonly differences: number;
  /** Exceptions thrown by `onChange` and `project`. */
  readonly handlerErrors: number;
  readonly lastFailure?: string;
}
