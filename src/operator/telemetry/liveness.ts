import type { Timing } from '../../kube/timing.ts';

export interface LivenessOptions {
  readonly tickSeconds: number;
  /** Real time that one reconcile may take. */
  readonly longestReconcileMs: number;
  /** Source of monotonic time: setting the wall clock must not cause a restart. */
  readonly timing: Pick<Timing, 'monotonicMs'>;
}

/** Ticks that may be late beyond the longest reconcile, so that a busy machine is not restarted. */
const missedTicks = 8;

/**
 * Checks that the loop of a leading replica runs: ticks arrive, and no reconcile hangs. A replica that does
 * not lead has no loop and is always alive.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  #tickedAt: number | undefined;
  /** Namespace → monotonic ms at which its reconcile began. */
  readonly #working = new Map<string, number>();

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** Records that the loop begins or ticks. */
  tick(): void {
    this.#tickedAt = this.#options.timing.monotonicMs();
  }

  /** Records that the loop ended normally; a reconcile that does not end still counts. */
  rest(): void {
    this.#tickedAt = undefined;
  }

  begin(namespace: string): void {
    this.#working.set(namespace, this.#options.timing.monotonicMs());
  }

  end(namespace: string): void {
    this.#working.delete(namespace);
  }

  /** Reason why the process must be restarted; undefined while it is alive. */
  get complaint(): string | undefined {
    const now = this.#options.timing.monotonicMs();
    const limitMs = this.#options.longestReconcileMs + missedTicks * this.#options.tickSeconds * 1000;
    const isOver = (since: number | undefined) => since !== undefined && now - since > limitMs;
    const within = `within ${Math.round(limitMs / 1000)} s`;
    if (isOver(this.#tickedAt)) return `the loop over the namespaces has not turned ${within}`;
    const [stuck] = [...this.#working].find(([, since]) => isOver(since)) ?? [];
    return stuck === undefined ? undefined : `the reconcile of namespace ${stuck} has not ended ${within}`;
  }
}
