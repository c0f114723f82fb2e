import type { AppliedWrite } from '../../apply/applied.ts';
import type { SaleSummary } from '../ahead/due-sales.ts';
import type { Reconciled } from '../reconcile.ts';
import { accuracySamples, saleAccuracySamples } from './accuracy-metrics.ts';
import { freezeSamples } from './freeze-metrics.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { NamespaceSeries } from './namespace-series.ts';
import type { OperatorSight } from './operator-sight.ts';
import { ordinarySamples } from './ordinary-metrics.ts';
import { saleSamples } from './sale-metrics.ts';
import { isContested, targetSamples } from './target-metrics.ts';
import { tellWrites } from './tell-writes.ts';
import { ToldDoubts } from './told-doubts.ts';

/** What is told, and to whom. */
export interface TelemetryParts {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Keeps what each reconcile decided, to be shown. */
  readonly sight?: Pick<OperatorSight, 'put' | 'forget'> | undefined;
}

/** Log lines and metrics of the work on namespaces; those of a namespace that is gone are removed with it. */
export class NamespaceTelemetry {
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #doubts: ToldDoubts;
  readonly #series = new NamespaceSeries();
  /** Series of sales that are not current. */
  readonly #aheadSeries = new NamespaceSeries();
  readonly #sight: TelemetryParts['sight'];
  #written = 0;

  constructor({ log, metrics, sight }: TelemetryParts) {
    this.#sight = sight;
    this.#log = log;
    this.#metrics = metrics;
    this.#doubts = new ToldDoubts(log);
  }

  /** Number of writes made so far. */
  get written(): number {
    return this.#written;
  }

  /** The namespaces that have series. */
  get namespaces(): readonly string[] {
    return [...new Set([...this.#series.namespaces, ...this.#aheadSeries.namespaces])];
  }

  countReconcile(namespace: string, result: 'Done' | 'Failed', by = 1): void {
    this.#series.count(namespace, this.#metrics.reconciles, { labels: { namespace, result }, by });
  }

  tellFailure(namespace: string, error: unknown, retryInMs: number): void {
    this.countReconcile(namespace, 'Failed');
    this.#log.error('reconcile failed', { namespace, retryInMs, error });
  }

  tellWrites(namespace: string, writes: readonly AppliedWrite[]): void {
    this.#written += tellWrites({ log: this.#log, metrics: this.#metrics, series: this.#series }, namespace, writes);
  }

  /** Tells what a reconcile saw, planned and wrote. */
  tell(namespace: string, { observation, plan, writes }: Reconciled): void {
    const metrics = this.#metrics;
    this.#sight?.put(namespace, { observation, plan });
    this.tellWrites(namespace, writes);
    this.#doubts.tell(namespace, observation.doubts);
    this.#series.set(namespace, [
      ...targetSamples(metrics, { observation, plan }),
      ...saleSamples(metrics, plan),
      ...observation.targets.flatMap(({ target }) => accuracySamples(metrics, namespace, target)),
      ...observation.targets.flatMap(({ target }) => ordinarySamples(metrics, namespace, target)),
      ...saleAccuracySamples(metrics, observation),
      ...freezeSamples(metrics, plan),
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

  /** Tells what was planned and written of sales that are not current. */
  tellAhead(namespace: string, writes: readonly AppliedWrite[], sales: readonly SaleSummary[]): void {
    this.tellWrites(namespace, writes);
    this.#aheadSeries.set(namespace, saleSamples(this.#metrics, { namespace, sales }));
  }

  forget(namespace: string): void {
    this.#sight?.forget(namespace);
    this.#doubts.forget(namespace);
    this.#series.forget(namespace);
    this.#aheadSeries.forget(namespace);
  }

  clear(): void {
    this.#series.clear();
    this.#aheadSeries.clear();
  }
}
