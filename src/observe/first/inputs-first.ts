import type { Clock } from '../../api/clock.ts';
import { workloadKey } from '../../api/workload-key.ts';
import { seriesDates } from '../../recurrence/series-dates.ts';
import { observeAnswerTimes } from '../capacity/observe-answer-times.ts';
import type { DemandHistory } from '../demand-history.ts';
import { effectivePolicy } from '../effective-policy.ts';
import { observeStock, type StockHistory } from '../metrics/observe-stock.ts';
import { type NamespaceObjects, readable } from '../namespace-objects.ts';
import type { ClusterWatch } from '../watch-cluster.ts';
import { observeRights } from '../workloads/look-at-rights.ts';
import type { ApiLooks } from './looks-beside.ts';

/** What namespaces are asked for with, and what happens next. */
export interface InputsFirstOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly watch: Pick<ClusterWatch, 'read' | 'whenRead'>;
  readonly history: Pick<DemandHistory, 'ask' | 'read' | 'typeOf'>;
  /** The looks at the API server, each of which waits for its answer. @default none */
  readonly looks?: ApiLooks;
  /** Real time in ms that a namespace waits for a metric store, once: while it stays silent, nobody waits for it again. */
  readonly patienceMs: number;
  /** Called when a namespace has its inputs, or has waited long enough. */
  readonly onAsked: (namespace: string) => void;
}

/**
 * Asks the metric stores and the API server for what is new before a namespace is reconciled: any number of namespaces
 * at once, so that a store or a review that hangs takes no place of a reconcile, which reads only what is there.
 */
export class InputsFirst {
  readonly #options: InputsFirstOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #asked = new Set<string>();
  readonly #stopped = new AbortController();

  constructor(options: InputsFirstOptions) {
    this.#options = options;
  }

  /** Number of namespaces that wait for their inputs. */
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

  /** Resolves when no namespace waits for its inputs. */
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
    const { clock, watch, looks } = this.#options;
    await watch.whenRead(namespace, this.#stopped.signal);
    const now = clock.now();
    const objects = watch.read(namespace);
    const asked = [
      ...this.#askStores(objects, namespace, now),
      ...(looks ? askApi(objects, looks, namespace, now) : []),
    ];
    await Promise.allSettled(asked);
  }

  /** Asks for the demand and the answer times of every target, and for the stock of every sale that runs. */
  #askStores(objects: NamespaceObjects, namespace: string, now: number): readonly Promise<unknown>[] {
    const { history, patienceMs } = this.#options;
    const patient: StockHistory & Pick<DemandHistory, 'observe'> = {
      ...{ read: history.read, typeOf: history.typeOf },
      observe: async (question, at) => {
        await history.ask(question, at, { namespace, patienceMs });
        return { missing: 'it is asked for, not read' };
      },
    };
    const targets = readable(objects.targets);
    const sales = readable(objects.sales);
    const policy = effectivePolicy(objects.policies);
    const dates = policy.stockSource === undefined ? [] : seriesDates(sales, { now, targets });
    const starts = (name: string) => dates.find(({ sale }) => sale === name)?.starts;
    return [
      ...targets.map(({ spec: { demand }, status }) =>
        patient.observe({ ...demand, latenessSeconds: status?.demandLatenessSeconds }, now),
      ),
      ...targets.map(({ spec }) => observeAnswerTimes(spec, patient, { now, namespace })),
      observeStock({ now, namespace, sales, policy, starts }, patient),
    ];
  }
}

/** Asks the API server for what a reconcile of these objects looks at. */
function askApi(
  { targets, sales, policies, autoscalers }: NamespaceObjects,
  { lookAtSchemas, lookAtGuard, lookAtRights }: ApiLooks,
  namespace: string,
  now: number,
): readonly Promise<unknown>[] {
  const scalers = Map.groupBy(autoscalers, ({ scales }) => workloadKey(scales));
  const scaled = readable(targets).map(target => ({
    target,
    autoscalers: (scalers.get(workloadKey(target.spec.workloadRef)) ?? []).map(({ observation }) => observation),
  }));
  return [
    lookAtSchemas(now),
    ...(effectivePolicy(policies).approval === undefined ? [] : [lookAtGuard(now)]),
    ...(readable(sales).length === 0 ? [] : [observeRights({ namespace, now, lookAtRights }, scaled)]),
  ];
}
