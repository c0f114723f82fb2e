import type { Clock } from '../api/clock.ts';
import type { AppliedWrite } from '../apply/applied.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import { nextFit } from '../plan/demand/fit-boundary.ts';
import { WriteFailedError } from './errors.ts';
import { KeyedQueue } from './queue.ts';
import { type ReconcileContext, type Reconciled, reconcile } from './reconcile.ts';
import { Retries } from './retries.ts';
import { Alarms } from './telemetry/alarms.ts';
import type { Liveness } from './telemetry/liveness.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { NamespaceSeries } from './telemetry/namespace-series.ts';
import { saleSamples } from './telemetry/sale-metrics.ts';
import { isContested, targetSamples } from './telemetry/target-metrics.ts';
import { tellWrites } from './telemetry/tell-writes.ts';
import { ToldDoubts } from './telemetry/told-doubts.ts';

export interface NamespaceLoopOptions {
  readonly line: ReconcileContext;
  readonly watch: Pick<ClusterWatch, 'namespaces' | 'whenRead'>;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Notified when a reconcile begins and ends. */
  readonly liveness: Liveness;
  /**
   * Wakes a namespace at the exact instant that its plan asks for: waiting for the tick could delay a raise by up to a
   * tick. Without it, the loop reconciles only on ticks and changes.
   */
  readonly clock?: Clock;
  /** Milliseconds until the API server takes writes again; a namespace that failed is not tried before. @default 0 */
  readonly restMs?: () => number;
}

/**
 * Namespaces in work at once. They mostly wait for their writes, and the pace can put the most critical raises first
 * only among those that wait.
 */
const namespacesAtOnce = 64;
/** Real time that one reconcile may take: a hanging one must free its place. */
export const longestReconcileMs = 120_000;

/** Reconciles namespaces while this replica leads: when one changes, and when its plan is due again. */
export class NamespaceLoop {
  readonly #options: NamespaceLoopOptions;
  readonly #queue: KeyedQueue;
  /** Namespace → domain time of its next reconcile. */
  readonly #next = new Map<string, number>();
  readonly #doubts: ToldDoubts;
  readonly #alarms: Alarms | undefined;
  readonly #series = new NamespaceSeries();
  /** Series of sales that are not current. */
  readonly #aheadSeries = new NamespaceSeries();
  readonly #stopped = new AbortController();
  readonly #retries = new Retries(namespace => this.touch(namespace));
  #written = 0;

  constructor(options: NamespaceLoopOptions) {
    this.#options = options;
    this.#doubts = new ToldDoubts(options.log);
    this.#queue = new KeyedQueue({
      work: (namespace, signal) => this.#work(namespace, signal),
      concurrency: namespacesAtOnce,
      onFailure: (namespace, error, retryInMs) => this.#fail(namespace, error, retryInMs),
      ...(options.restMs === undefined ? {} : { leastRetryMs: options.restMs }),
    });
    options.line.ahead.start(this.#stopped.signal, {
      onPlanned: (namespace, writes, sales) => {
        this.#retries.succeed(namespace);
        this.#tellWrites(namespace, writes);
        this.#aheadSeries.set(namespace, saleSamples(options.metrics, { namespace, sales }));
      },
      onFailed: (namespace, error) =>
        options.log.error('sales ahead not planned', { namespace, retryInMs: this.#retries.fail(namespace), error }),
    });
    if (options.clock) this.#alarms = new Alarms(options.clock, namespace => this.#queue.addNow(namespace));
  }

  /** Number of writes made so far. */
  get written(): number {
    return this.#written;
  }

  /** Queues a namespace in which something has changed. */
  touch(namespace: string): void {
    this.#queue.add(namespace);
    this.#options.metrics.queueDepth.set(this.#queue.depth);
  }

  touchAll(): void {
    for (const namespace of this.#options.watch.namespaces()) this.touch(namespace);
  }

  /**
   * Reconciles every namespace that is due at this tick, including one that waits for a retry. One that is due within
   * half a tick is reconciled now: each begins a little after its tick, and otherwise every second tick would be
   * skipped.
   */
  tick(): void {
    const { clock, limits } = this.#options.line;
    const due = clock.now() + (limits.tickSeconds * 1000) / 2;
    const present = this.#options.watch.namespaces();
    // What other namespaces raise decides when this one begins: a sale announced there may bring its time forward.
    for (const namespace of this.#options.line.elsewhere.refresh()) this.#queue.add(namespace);
    for (const namespace of present) if ((this.#next.get(namespace) ?? 0) <= due) this.#queue.addNow(namespace);
    const known = new Set(present);
    for (const namespace of this.#series.namespaces) if (!known.has(namespace)) this.#forget(namespace);
  }

  /** Resolves when no namespace is queued, no forecast is under way, and no sale ahead is left to plan. */
  async idle(): Promise<void> {
    const { ahead, forecasts } = this.#options.line;
    do {
      await this.#queue.idle();
      await forecasts.idle();
      await ahead.idle();
    } while (this.#queue.depth > 0);
  }

  async stop(): Promise<void> {
    this.#alarms?.stop();
    this.#retries.stop();
    this.#stopped.abort(new Error('this replica stops working'));
    await this.#queue.stop(this.#stopped.signal.reason);
    await this.#options.line.ahead.idle();
    this.#series.clear();
    this.#aheadSeries.clear();
  }

  async #work(namespace: string, signal: AbortSignal): Promise<void> {
    const { line, watch, metrics, liveness } = this.#options;
    this.#countReconcile(namespace, 'Failed', 0);
    await watch.whenRead(namespace, signal);
    const stopTimer = metrics.reconcileSeconds.startTimer();
    liveness.begin(namespace);
    try {
      const done = await reconcile(line, namespace, AbortSignal.any([signal, AbortSignal.timeout(longestReconcileMs)]));
      const next = Math.min(done.plan.next, nextFit(done.plan.now));
      this.#next.set(namespace, next);
      // A reconcile due at a tick is left to the tick, so that all replicas reconcile at the same instants.
      const isTurn = next !== done.plan.now + line.limits.tickSeconds * 1000;
      if (isTurn && !signal.aborted) this.#alarms?.set(namespace, next);
      this.#tell(namespace, done);
      const failed = done.writes.filter(({ outcome }) => outcome === 'Failed' || outcome === 'Conflict');
      if (failed.length > 0) throw new WriteFailedError(failed);
    } finally {
      stopTimer();
      liveness.end(namespace);
      metrics.queueDepth.set(this.#queue.depth);
    }
    this.#countReconcile(namespace, 'Done');
    if (!watch.namespaces().includes(namespace)) this.#forget(namespace);
  }

  #countReconcile(namespace: string, result: 'Done' | 'Failed', by = 1): void {
    this.#series.count(namespace, this.#options.metrics.reconciles, { labels: { namespace, result }, by });
  }

  #fail(namespace: string, error: unknown, retryInMs: number): void {
    this.#next.delete(namespace);
    this.#countReconcile(namespace, 'Failed');
    this.#options.log.error('reconcile failed', { namespace, retryInMs, error });
  }

  #tellWrites(namespace: string, writes: readonly AppliedWrite[]): void {
    const { log, metrics } = this.#options;
    this.#written += tellWrites({ log, metrics, series: this.#series }, namespace, writes);
  }

  #tell(namespace: string, { observation, plan, writes }: Reconciled): void {
    const { metrics } = this.#options;
    this.#tellWrites(namespace, writes);
    this.#doubts.tell(namespace, observation.doubts);
    this.#series.set(namespace, [
      ...targetSamples(metrics, { observation, plan }),
      ...saleSamples(metrics, plan),
      { gauge: metrics.unrecorded, labels: { namespace }, value: observation.unrecorded?.length ?? 0 },
      { gauge: metrics.lastReconcile, labels: { namespace }, value: plan.now / 1000 },
      { gauge: metrics.nextReconcile, labels: { namespace }, value: plan.next / 1000 },
    ]);
    const targets = new Set(plan.targets.map(({ target }) => target));
    this.#series.keepCounts(namespace, ({ target }) => target === undefined || targets.has(target));
    for (const planned of plan.targets) {
      const labels = { namespace, target: planned.target };
      this.#series.count(namespace, metrics.contested, { labels, by: Number(isContested(planned)) });
    }
  }

  /** Stops reconciling a namespace without an object of Headstart, and removes its series. */
  #forget(namespace: string): void {
    this.#next.delete(namespace);
    this.#doubts.forget(namespace);
    this.#alarms?.drop(namespace);
    this.#series.forget(namespace);
    this.#aheadSeries.forget(namespace);
    const present = new Set(this.#options.watch.namespaces());
    for (const memory of [this.#options.line.ahead, this.#options.line.forecasts]) memory.keepOnly(present);
  }
}
