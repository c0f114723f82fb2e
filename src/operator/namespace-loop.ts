import type { Clock } from '../api/clock.ts';
import type { ClusterWatch } from '../observe/watch-cluster.ts';
import { nextFit } from '../plan/demand/fit-boundary.ts';
import { StaleCacheError, WriteFailedError } from './errors.ts';
import { KeyedQueue } from './queue.ts';
import { type ReconcileContext, type Reconciled, reconcile } from './reconcile.ts';
import { Alarms } from './telemetry/alarms.ts';
import type { Liveness } from './telemetry/liveness.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { NamespaceSeries } from './telemetry/namespace-series.ts';
import { saleSamples } from './telemetry/sale-metrics.ts';
import { isContested, targetSamples } from './telemetry/target-metrics.ts';

export interface NamespaceLoopOptions {
  readonly line: ReconcileContext;
  readonly watch: Pick<ClusterWatch, 'namespaces' | 'ageMs'>;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Told when a reconcile begins and ends. */
  readonly liveness: Liveness;
  /**
   * By which it looks at the very instant a plan asks for: a raise that waited for the tick would be up to a tick late.
   * Without it, it looks when told.
   */
  readonly clock?: Clock;
}

/** Real time that one reconcile may take: one that hangs must not keep its place. */
export const longestReconcileMs = 120_000;
/** A watch proves itself about every 30 s; caches older than this may hide an extended sale, so nothing is lowered by them. */
const staleCacheMs = 90_000;

/** Keeps namespaces reconciled while this replica leads: when one changes, and when its plan says to look again. */
export class NamespaceLoop {
  readonly #options: NamespaceLoopOptions;
  readonly #queue: KeyedQueue;
  /** Namespace → domain time of the next look. */
  readonly #next = new Map<string, number>();
  readonly #alarms: Alarms | undefined;
  readonly #series = new NamespaceSeries();
  #written = 0;

  constructor(options: NamespaceLoopOptions) {
    this.#options = options;
    this.#queue = new KeyedQueue({
      work: (namespace, signal) => this.#work(namespace, signal),
      onFailure: (namespace, error, retryInMs) => this.#fail(namespace, error, retryInMs),
    });
    if (options.clock) this.#alarms = new Alarms(options.clock, namespace => this.#queue.addNow(namespace));
  }

  /** Writes that were made so far. */
  get written(): number {
    return this.#written;
  }

  /** Something in the namespace has changed. */
  touch(namespace: string): void {
    this.#queue.add(namespace);
    this.#options.metrics.queueDepth.set(this.#queue.depth);
  }

  touchAll(): void {
    for (const namespace of this.#options.watch.namespaces()) this.touch(namespace);
  }

  /**
   * Time has moved on: looks at every namespace that is due, also one that waits for a retry. A look that is due within
   * half a tick is taken now: each begins a little after its tick, and every second one would be left out.
   */
  tick(): void {
    const { clock, limits } = this.#options.line;
    const due = clock.now() + (limits.tickSeconds * 1000) / 2;
    const present = this.#options.watch.namespaces();
    for (const namespace of present) if ((this.#next.get(namespace) ?? 0) <= due) this.#queue.addNow(namespace);
    for (const namespace of this.#series.namespaces) if (!present.includes(namespace)) this.#forget(namespace);
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  async stop(): Promise<void> {
    this.#alarms?.stop();
    await this.#queue.stop(new Error('this replica stops working'));
    this.#series.clear();
  }

  async #work(namespace: string, signal: AbortSignal): Promise<void> {
    const { line, watch, metrics, liveness } = this.#options;
    this.#countReconcile(namespace, 'Failed', 0);
    const ageMs = watch.ageMs(namespace);
    if (ageMs > staleCacheMs) throw new StaleCacheError(ageMs);
    const stopTimer = metrics.reconcileSeconds.startTimer();
    liveness.begin(namespace);
    try {
      const done = await reconcile(line, namespace, AbortSignal.any([signal, AbortSignal.timeout(longestReconcileMs)]));
      const next = Math.min(done.plan.next, nextFit(done.plan.now));
      this.#next.set(namespace, next);
      // What is due in a tick is left to the tick, so that all replicas look at the same instants.
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

  #tell(namespace: string, { observation, plan, writes }: Reconciled): void {
    const { log, metrics } = this.#options;
    for (const write of writes) {
      const { kind, name, part, outcome, message, decided } = write;
      if (outcome === 'Unchanged') continue;
      this.#series.count(namespace, metrics.writes, { labels: { namespace, kind, part, outcome }, by: 1 });
      const steps = decided === undefined ? {} : { because: decided.because.map(step => step.message) };
      const facts = { namespace, kind, name, part, outcome, what: message, ...steps };
      if (outcome === 'Written') this.#written += 1;
      if (outcome === 'Written') log[part === 'Status' ? 'debug' : 'info']('written', facts);
      else log.warn('not written', facts);
    }
    this.#series.set(namespace, [
      ...targetSamples(metrics, { observation, plan }),
      ...saleSamples(metrics, plan),
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

  /** A namespace without an object of ours is looked at no more, and leaves no series. */
  #forget(namespace: string): void {
    this.#next.delete(namespace);
    this.#alarms?.drop(namespace);
    this.#series.forget(namespace);
  }
}
