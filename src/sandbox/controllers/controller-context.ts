import type { Clock } from '../../api/clock.ts';
import type { ObjectStore } from '../../apiserver/store/object-store.ts';

/** What every controller gets: the store, domain time, and one shared budget of writes. */
export interface ControllerContext {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** Resolves when one more write may leave. */
  readonly takeWrite: () => Promise<void>;
  readonly signal: AbortSignal;
}
