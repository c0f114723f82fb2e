import type { Timing } from '../../kube/timing.ts';

export interface LivenessOptions {
  readonly tickSeconds: number;
  /** Real time that one reconcile may take. */
  readonly longestReconcileMs: number;
  /** Of which only the time that never jumps counts: a clock that is set restarts nobody. */
  readonly timing: Pick<Timing, 'monotonicMs'>;
}

/** So many ticks may fail to come on top of the longest reconcile: a busy machine is no dead one. */
const missedTicks = 8;

/**
 * Whether the loop of a leading replica still turns: ticks come, and no namespace is worked on for ever. One that does not
 * lead has no loop, and lives.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  #tickedAt: number | undefined;
  /** Namespace → when its reconcile began. */
  readonly #working = new Map<string, number>();

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** The loop begins, or turns. */
  tick(): void {
    this.#tickedAt = this.#options.timing.monotonicMs();
  }

  /** The loop has ended in order; a reconcile that does not end still counts. */
  rest(): void {
    this.#tickedAt = undefined;
  }

  begin(namespace: string): void {
    this.#working.set(namespace, this.#options.timing.monotonicMs());
  }

  end(namespace: string): void {
    this.#working.delete(namespace);
  }

  /** Why the process must be restarted, in words; undefined while it lives. */
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
