import { changesBounds } from '../apply/applied.ts';
import { InputsFirst } from '../observe/first/inputs-first.ts';
import { nextFit } from '../plan/demand/fit-boundary.ts';
import { throwFailed } from './errors.ts';
import { LatestWork } from './latest-work.ts';
import type { NamespaceLoopOptions } from './namespace-loop-options.ts';
import { KeyedQueue } from './queue.ts';
import { type Reconciled, reconcile } from './reconcile.ts';
import { Retries } from './retries.ts';
import { Soon } from './soon.ts';
import { Alarms } from './telemetry/alarms.ts';
import { NamespaceTelemetry } from './telemetry/namespace-telemetry.ts';

/**
 * Namespaces in work at once. They mostly wait for their writes, and the pace can put the most critical raises first
 * only among those that wait.
 */
const namespacesAtOnce = 64;
/** Real time within which a change that can wait is looked at. */
const soonMs = 2_000;
/** Real time that one reconcile may take: a hanging one must free its place. */
export const longestReconcileMs = 120_000;

/** Reconciles namespaces while this replica leads: when one changes, and when its plan is due again. */
export class NamespaceLoop {
  readonly #options: NamespaceLoopOptions;
  readonly #queue: KeyedQueue;
  /** Namespace → domain time of its next reconcile. */
  readonly #next = new Map<string, number>();
  readonly #alarms: Alarms | undefined;
  readonly #soon = new Soon(soonMs, namespace => this.touch(namespace));
  readonly #inputsFirst: InputsFirst;
  readonly #telemetry: NamespaceTelemetry;
  readonly #stopped = new AbortController();
  readonly #retries = new Retries(namespace => this.touch(namespace));
  /** Reports beside the reconciles, and their retries. */
  readonly #reports = new LatestWork();
  readonly #reportRetries = new Retries(namespace => this.touch(namespace));

  constructor(options: NamespaceLoopOptions) {
    this.#options = options;
    this.#telemetry = new NamespaceTelemetry(options);
    this.#queue = new KeyedQueue({
      work: (namespace, signal) => this.#work(namespace, signal),
      concurrency: namespacesAtOnce,
      onFailure: (namespace, error, retryInMs) => this.#fail(namespace, error, retryInMs),
      ...(options.restMs === undefined ? {} : { leastRetryMs: options.restMs }),
    });
    options.line.ahead.start(this.#stopped.signal, {
      onPlanned: (namespace, writes, sales) => {
        this.#retries.succeed(namespace);
        this.#telemetry.tellAhead(namespace, writes, sales);
        this.#forgetIfGone(namespace);
      },
      onWritten: (namespace, written) => this.#telemetry.tellWrites(namespace, [written]),
      onFailed: (namespace, error) =>
        options.log.error('sales ahead not planned', { namespace, retryInMs: this.#retries.fail(namespace), error }),
    });
    options.line.notifier?.start(this.#stopped.signal);
    this.#inputsFirst = new InputsFirst({
      clock: options.line.clock,
      history: options.line.history,
      ...(options.line.looksFirst === undefined ? {} : { looks: options.line.looksFirst }),
      watch: options.watch,
      patienceMs: options.metricPatienceMs ?? 5_000,
      onAsked: namespace => this.#queue.addNow(namespace),
    });
    if (options.clock) this.#alarms = new Alarms(options.clock, namespace => this.#queue.addNow(namespace));
  }

  /** Number of writes made so far. */
  get written(): number {
    return this.#telemetry.written;
  }

  /** Queues a namespace in which something has changed. */
  touch(namespace: string): void {
    if (this.#inputsFirst.has(namespace)) this.#queue.add(namespace);
    else this.#inputsFirst.ask(namespace);
    this.#options.metrics.queueDepth.set(this.#queue.depth);
  }

  /**
   * Queues a namespace in which something has changed that can wait for some seconds, such as a SalePlan of our own: of a
   * thousand that are created one after the other, each would else cost a reconcile.
   */
  touchSoon(namespace: string): void {
    if (this.#options.clock === undefined) this.touch(namespace);
    else this.#soon.add(namespace);
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
    for (const namespace of this.#options.line.elsewhere.refresh()) this.touch(namespace);
    for (const namespace of present) if ((this.#next.get(namespace) ?? 0) <= due) this.#inputsFirst.ask(namespace);
    const known = new Set(present);
    for (const namespace of this.#telemetry.namespaces) if (!known.has(namespace)) this.#forget(namespace);
  }

  /** Resolves when no namespace is queued or to be reported, no forecast is under way, and no sale ahead is left to plan. */
  async idle(): Promise<void> {
    const { ahead, forecasts } = this.#options.line;
    do {
      await this.#inputsFirst.idle();
      await this.#queue.idle();
      await forecasts.idle();
      await this.#reports.idle();
      await ahead.idle();
    } while (this.#inputsFirst.size + this.#queue.depth + this.#reports.size > 0);
  }

  async stop(): Promise<void> {
    this.#alarms?.stop();
    this.#soon.stop();
    this.#inputsFirst.stop();
    for (const retries of [this.#retries, this.#reportRetries]) retries.stop();
    this.#stopped.abort(new Error('this replica stops working'));
    await this.#queue.stop(this.#stopped.signal.reason);
    await this.#reports.stop();
    await this.#options.line.ahead.idle();
    await this.#options.line.notifier?.stop();
    this.#telemetry.clear();
  }

  async #work(namespace: string, signal: AbortSignal): Promise<void> {
    const { line, metrics, liveness } = this.#options;
    this.#telemetry.countReconcile(namespace, 'Failed', 0);
    const stopTimer = metrics.reconcileSeconds.startTimer();
    liveness.begin(namespace);
    try {
      const done = await reconcile(line, namespace, AbortSignal.any([signal, AbortSignal.timeout(longestReconcileMs)]));
      const next = Math.min(done.plan.next, nextFit(done.plan.now));
      this.#next.set(namespace, next);
      // A reconcile due at a tick is left to the tick, so that all replicas reconcile at the same instants.
      const isTurn = next !== done.plan.now + line.limits.tickSeconds * 1000;
      if (isTurn && !signal.aborted) this.#alarms?.set(namespace, next);
      this.#telemetry.tell(namespace, done);
      // What a reconcile has changed is told by its own report: the next one does not know why, or who undid it.
      this.#reports.put(namespace, () => this.#report(namespace, done), done.writes.some(changesBounds));
      throwFailed(done.writes);
    } finally {
      stopTimer();
      liveness.end(namespace);
      metrics.queueDepth.set(this.#queue.depth);
    }
    this.#telemetry.countReconcile(namespace, 'Done');
    this.#forgetIfGone(namespace);
  }

  /** Writes what a reconcile has to report; a failure makes the namespace be reconciled again. */
  async #report(namespace: string, done: Reconciled): Promise<void> {
    const { signal } = this.#stopped;
    try {
      const writes = await done.report(AbortSignal.any([signal, AbortSignal.timeout(longestReconcileMs)]));
      this.#telemetry.tellWrites(namespace, writes);
      throwFailed(writes);
      this.#reportRetries.succeed(namespace);
    } catch (error) {
      if (!signal.aborted) this.#fail(namespace, error, this.#reportRetries.fail(namespace));
    }
    if (!signal.aborted) this.#forgetIfGone(namespace);
  }

  #fail(namespace: string, error: unknown, retryInMs: number): void {
    this.#next.delete(namespace);
    this.#telemetry.tellFailure(namespace, error, retryInMs);
  }

  #forgetIfGone(namespace: string): void {
    if (!this.#options.watch.namespaces().includes(namespace)) this.#forget(namespace);
  }

  /** Stops reconciling a namespace without an object of Headstart, and removes its series. */
  #forget(namespace: string): void {
    this.#next.delete(namespace);
    this.#alarms?.drop(namespace);
    this.#telemetry.forget(namespace);
    for (const retries of [this.#retries, this.#reportRetries]) retries.succeed(namespace);
    const present = new Set(this.#options.watch.namespaces());
    const { ahead, forecasts, accuracy, notifier } = this.#options.line;
    for (const memory of [this.#inputsFirst, ahead, forecasts, accuracy, notifier]) memory?.keepOnly(present);
  }
}
