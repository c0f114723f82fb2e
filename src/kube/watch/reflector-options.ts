import type { Resource } from '../resources/resource.ts';
import type { Selection } from '../resources/resource-options.ts';
import type { KubeObject } from '../resources/wire.ts';
import type { Timing } from '../timing.ts';
import type { Change } from './object-cache.ts';

export interface ReflectorOptions<T extends KubeObject, P> {
  readonly resource: Resource<T>;
  /** What is kept of an object: the fewer fields, the less memory (a Deployment of 6 KiB becomes 0.5 KiB). */
  readonly project: (object: T) => P;
  /** Enqueues, and nothing else; what it throws is counted, not passed on. */
  readonly onChange?: (change: Change<P>) => void;
  readonly selection?: Selection;
  /** How the first state is read; a server that refuses the stream is asked for pages. @default 'stream' */
  readonly initial?: 'stream' | 'pages';
  /** Life of a watch, jittered up by 20 %; 5 s later it is cut off. A silent connection costs at most that. @default 25 */
  readonly watchSeconds?: number;
  readonly timing?: Timing;
}

export interface ReflectorStats {
  readonly lists: number;
  readonly watches: number;
  readonly events: number;
  /** Lists and watches that failed, 410 not counted. */
  readonly failures: number;
  /** Exceptions of `onChange` and `project`. */
  readonly handlerErrors: number;
  readonly lastFailure?: string;
}
