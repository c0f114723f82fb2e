import type { AppliedWrite } from '../../apply/applied.ts';
import type { ApplyContext } from '../../apply/apply-context.ts';
import type { Report } from '../../apply/reports/compose-reports.ts';
import { quietCadenceMs } from '../../apply/reports/status-cadence.ts';
import { writeReport } from '../../apply/reports/write-report.ts';

/** A status of a sale that is not current. Times are epoch ms. */
export interface WaitingReport {
  readonly namespace: string;
  readonly report: Report;
  /** When its sale begins. */
  readonly start: number;
  /** When it was composed. */
  readonly now: number;
}

/** Statuses under way at once: enough to use the pace while answers take half a second. */
const atOnce = 10;
/** Place of such a status behind those of targets and current sales. */
const lastRank = 1;

/**
 * Statuses of sales far ahead. They wait behind all other statuses, the one whose sale begins first is written first,
 * and of several of one object only the newest is written.
 */
export class WaitingReports {
  readonly #apply: Omit<ApplyContext, 'signal'>;
  readonly #onWritten: (waiting: WaitingReport, written: AppliedWrite) => void;
  readonly #waiting = new Map<string, WaitingReport>();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(apply: Omit<ApplyContext, 'signal'>, onWritten: (waiting: WaitingReport, written: AppliedWrite) => void) {
    this.#apply = apply;
    this.#onWritten = onWritten;
  }

  /** Takes statuses in place of those of the same objects that still wait; returns at once. */
  put(reports: readonly WaitingReport[], signal: AbortSignal): void {
    for (const waiting of reports) this.#waiting.set(keyOf(waiting), waiting);
    this.#startNext(signal);
  }

  /** Resolves when none waits and none is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #startNext(signal: AbortSignal): void {
    if (signal.aborted) this.#waiting.clear();
    while (this.#underWay.size < atOnce) {
      const next = this.#first();
      if (next === undefined) return;
      const [key, waiting] = next;
      this.#waiting.delete(key);
      const work = this.#write(waiting, signal).finally(() => {
        this.#underWay.delete(key);
        this.#startNext(signal);
      });
      this.#underWay.set(key, work);
    }
  }

  /** The one whose sale begins first, of no object whose last status is under way. */
  #first(): readonly [string, WaitingReport] | undefined {
    let first: readonly [string, WaitingReport] | undefined;
    for (const one of this.#waiting)
      if (!this.#underWay.has(one[0]) && (first === undefined || one[1].start < first[1].start)) first = one;
    return first;
  }

  async #write(waiting: WaitingReport, signal: AbortSignal): Promise<void> {
    try {
      const when = { now: waiting.now, cadenceMs: quietCadenceMs, rank: lastRank };
      this.#onWritten(waiting, await writeReport({ ...this.#apply, signal }, waiting.report, when));
    } catch (error) {
      // Only a signal that is aborted ends a write with an error: then nothing is written any more.
      if (!signal.aborted) throw error;
    }
  }
}

function keyOf({ namespace, report: { kind, metadata } }: WaitingReport): string {
  return `${kind.kind}/${namespace}/${metadata.name}`;
}
