import { isJudged } from '../../api/conditions/verdict.ts';
import type { AppliedWrite } from '../../apply/applied.ts';
import { isOlderThanOurs } from '../../apply/reports/apply-status.ts';
import type { SaleOutlook } from '../../plan/plan.ts';
import { WriteFailedError } from '../errors.ts';
import {
  type AheadLook,
  type DueSales,
  dueSales,
  type PlannedSale,
  type PlannedSales,
  type SaleSummary,
} from './due-sales.ts';
import { type AheadContext, planAhead, reportAhead } from './plan-ahead.ts';
import { seenVersions } from './sale-inputs.ts';
import { type WaitingReport, WaitingReports } from './waiting-reports.ts';

/** What is told of the work on sales ahead. */
export interface AheadListener {
  /** Called after each block of sales, with the outlooks that are known of the namespace. */
  readonly onPlanned: (namespace: string, writes: readonly AppliedWrite[], outlooks: readonly SaleSummary[]) => void;
  /** Called after a status was written, or was not. */
  readonly onWritten: (namespace: string, write: AppliedWrite) => void;
  /** Called when a namespace could not be planned or written; it must be looked at again. */
  readonly onFailed: (namespace: string, error: unknown) => void;
}

interface NamespaceState extends PlannedSales {
  /** The newest look that has not been worked on yet. */
  look: AheadLook | undefined;
  working: Promise<void> | undefined;
}

/** Namespaces worked on at once; the forecasts of a block of each are in memory. */
const atOnce = 2;
/**
 * Plans the sales that are not current, each when its inputs change: the fit, the sale, the sales beside it, the targets
 * and the policy, or its objects by another hand. Works beside the reconciles, in order of start over all namespaces,
 * so that none waits for it. What it keeps is lost with the process, which costs planning again and no write.
 */
export class AheadSales {
  readonly #line: AheadContext;
  readonly #states = new Map<string, NamespaceState>();
  readonly #statuses: WaitingReports;
  #listener: AheadListener | undefined;
  #signal = AbortSignal.abort(new Error('sales ahead are not planned yet'));

  constructor(line: AheadContext) {
    this.#line = line;
    this.#statuses = new WaitingReports(line.apply, (waiting, written) => this.#takeWritten(waiting, written));
  }

  /** Begins to plan: until the signal aborts, what is looked at is worked on. */
  start(signal: AbortSignal, listener: AheadListener): void {
    this.#signal = signal;
    this.#listener = listener;
  }

  /** Takes what a reconcile saw; returns at once. */
  look(look: AheadLook): void {
    if (this.#signal.aborted) return;
    const { namespace } = look.observation;
    const state = this.#states.get(namespace) ?? newState();
    this.#states.set(namespace, state);
    state.look = look;
    this.#startNext();
  }

  /** Forgets namespaces that are gone. */
  keepOnly(namespaces: ReadonlySet<string>): void {
    for (const [namespace, { working }] of this.#states)
      if (!namespaces.has(namespace) && working === undefined) this.#states.delete(namespace);
  }

  /** Resolves when nothing is left to plan or to tell. */
  async idle(): Promise<void> {
    const running = () => [...this.#states.values()].flatMap(({ working }) => working ?? []);
    for (let works = running(); works.length > 0; works = running()) await Promise.all(works);
    await this.#statuses.idle();
  }

  #startNext(): void {
    let running = this.#states
      .values()
      .filter(({ working }) => working !== undefined)
      .toArray().length;
    while (running < atOnce) {
      const [next] = [...this.#states]
        .filter(([, { look, working }]) => look !== undefined && working === undefined)
        .sort(([, one], [, other]) => firstStart(one) - firstStart(other));
      if (next === undefined) return;
      const [namespace, state] = next;
      running += 1;
      state.working = this.#work(namespace, state).finally(() => {
        state.working = undefined;
        if (!this.#signal.aborted) this.#startNext();
      });
    }
  }

  async #work(namespace: string, state: NamespaceState): Promise<void> {
    try {
      while (state.look !== undefined) {
        this.#signal.throwIfAborted();
        const { look } = state;
        const due = dueSales(look, state, this.#line);
        if (due.names.length > 0) await this.#workBlock(look, state, due);
        else if (state.look === look) state.look = undefined;
      }
    } catch (error) {
      state.look = undefined;
      if (!this.#signal.aborted) this.#listener?.onFailed(namespace, error);
    }
  }

  async #workBlock(look: AheadLook, state: NamespaceState, { names, inputs }: DueSales): Promise<void> {
    const { observation, accepted } = look;
    const block = await planAhead(this.#line, look, names, this.#signal);
    const { writes, statuses } = await reportAhead(this.#line, look, block, this.#signal);
    const known = new Map(block.sales.map(outlook => [outlook.salePlan, outlook]));
    const sales = new Map(observation.sales.map(sale => [sale.metadata.name, sale]));
    const occurrences = new Map(accepted.occurrences.map(occurrence => [occurrence.salePlan, occurrence]));
    const failed = writes.filter(({ outcome }) => outcome === 'Failed' || outcome === 'Conflict');
    const isFailed = new Set(failed.map(({ name }) => name));
    for (const name of names) {
      const occurrence = occurrences.get(name);
      if (occurrence === undefined || isFailed.has(name) || isFailed.has(occurrence.sale)) continue;
      const versions = new Map(seenVersions([sales.get(occurrence.sale), occurrence.record]));
      const summary = summarize(known.get(name));
      state.planned.set(name, { sale: occurrence.sale, inputs: inputs.get(name) ?? '', versions, summary });
    }
    const starts = new Map(block.sales.map(({ sale, start }) => [sale, start]));
    const { namespace, now } = observation;
    this.#statuses.put(
      statuses.map(report => ({ namespace, report, now, start: starts.get(report.metadata.name) ?? now })),
      this.#signal,
    );
    const summaries = [...state.planned.values()].flatMap(({ summary }) => summary ?? []);
    this.#listener?.onPlanned(observation.namespace, writes, summaries);
    if (failed.length > 0) throw new WriteFailedError(failed);
  }

  /** Tells a status that was written, and plans its sale anew at the next look when it was not. */
  #takeWritten({ namespace, report: { metadata } }: WaitingReport, written: AppliedWrite): void {
    this.#listener?.onWritten(namespace, written);
    const isFailed = written.outcome === 'Failed' || written.outcome === 'Conflict';
    const { uid, resourceVersion } = metadata;
    const isOutdated = written.outcome === 'Unchanged' && isOlderThanOurs(this.#line.apply, uid ?? '', resourceVersion);
    if (!isFailed && !isOutdated) return;
    const planned = this.#states.get(namespace)?.planned ?? new Map<string, PlannedSale>();
    for (const [name, { sale }] of planned) if (sale === metadata.name) planned.delete(name);
    if (isFailed) this.#listener?.onFailed(namespace, new WriteFailedError([written]));
  }
}

function newState(): NamespaceState {
  return { look: undefined, planned: new Map(), common: { text: '', changes: 0 }, working: undefined };
}

/** When the first sale of the newest look begins that has not begun yet, epoch ms. */
function firstStart({ look }: NamespaceState): number {
  const ahead = look?.accepted.occurrences.find(({ start }) => start > look.observation.now);
  return ahead?.start ?? Number.POSITIVE_INFINITY;
}

/** What metrics show of an outlook: the rest is large. */
function summarize(outlook: SaleOutlook | undefined): SaleSummary | undefined {
  if (outlook === undefined || outlook.stage === 'Past') return undefined;
  const { sale, salePlan, prescaleTime, start, end, stage, verdict = 'NotDue', findings = [] } = outlook;
  const conditions = outlook.conditions.filter(({ type }) => isJudged(type));
  return { sale, salePlan, prescaleTime, start, end, stage, verdict, findings, conditions };
}
