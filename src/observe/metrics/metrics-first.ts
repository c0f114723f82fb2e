import type { Clock } from '../../api/clock.ts';
import type { DemandHistory } from '../demand-history.ts';
import type { ClusterWatch } from '../watch-cluster.ts';

/** What namespaces are asked for with, and what happens next. */
export interface MetricsFirstOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly watch: Pick<ClusterWatch, 'read' | 'whenRead'>;
  readonly history: Pick<DemandHistory, 'ask'>;
  /** Real time in ms that a namespace waits for a metric store, once: while it stays silent, nobody waits for it again. */
  readonly patienceMs: number;
  /** Called when a namespace has its samples, or has waited long enough. */
  readonly onAsked: (namespace: string) => void;
}

/**
 * Asks the metric stores for what is new before a namespace is reconciled: any number of namespaces at once, so that a
 * store that hangs takes no place of a reconcile, which reads only what is there.
 */
export class MetricsFirst {
  readonly #options: MetricsFirstOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #asked = new Set<string>();
  readonly #stopped = new AbortController();

  constructor(options: MetricsFirstOptions) {
    this.#options = options;
  }

  /** Number of namespaces that wait for a metric store. */
  get size(): number {
    return this.#running.size;
  }

  /** Whether a namespace was asked for before; the first reconcile of one must not plan without samples. */
  has(namespace: string): boolean {
    return this.#asked.has(namespace);
  }

  /** Asks for what is new in a namespace, unless that is under way. */
  ask(namespace: string): void {
    if (this.#stopped.signal.aborted || this.#running.has(namespace)) return;
    this.#running.set(namespace, this.#run(namespace));
  }

  /** Forgets all other namespaces. */
  keepOnly(present: ReadonlySet<string>): void {
    for (const namespace of this.#asked) if (!present.has(namespace)) this.#asked.delete(namespace);
  }

  /** Resolves when no namespace waits for a metric store. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Asks for nothing more; whoever waits is not told. */
  stop(): void {
    this.#stopped.abort(new Error('this replica stops working'));
  }

  async #run(namespace: string): Promise<void> {
    // What fails here fails in the reconcile as well, which tells it.
    await this.#askAll(namespace).catch(() => {});
    this.#running.delete(namespace);
    this.#asked.add(namespace);
    if (!this.#stopped.signal.aborted) this.#options.onAsked(namespace);
  }

  async #askAll(namespace: string): Promise<void> {
    const { clock, watch, history, patienceMs } = this.#options;
    await watch.whenRead(namespace, this.#stopped.signal);
    const now = clock.now();
    const targets = watch.read(namespace).targets.flatMap(read => ('value' in read ? [read.value] : []));
    await Promise.all(
      targets.map(({ spec: { demand }, status }) =>
        history.ask({ ...demand, latenessSeconds: status?.demandLatenessSeconds }, now, { namespace, patienceMs }),
      ),
    );
  }
}
