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
  readonly selection?: Selection;
  /** How the first state is read; falls back to pages when the server refuses the stream. @default 'stream' */
  readonly initial?: 'stream' | 'pages';
  /**
   * Seconds that one watch lasts, jittered up by 20 %; it is cut off 5 s later. A silent connection costs at most that.
   *
   * @default 25
   */
  readonly watchSeconds?: number;
  readonly timing?: Timing;
}

export interface ReflectorStats {
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  /** Lists and watches that failed, except with 410. */
  readonly failures: number;
  /** Exceptions thrown by `onChange` and `project`. */
  readonly handlerErrors: number;
  readonly lastFailure?: string;
}
