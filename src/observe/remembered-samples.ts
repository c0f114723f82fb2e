import type { Series } from '../../forecasts/index.ts';
import { Lateness } from './lateness.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Age up to which nulls are queried again at every reconcile, in ms: samples may arrive late. */
const lateMs = 10 * minuteMs;
/** Age up to which samples are queried again with each new one, in ms: the store may have had only part of them. */
const lookBackMs = 15 * minuteMs;
/** Longer look back, in ms: used once per hour, and the upper limit for a source that is very late. */
const longLookBackMs = 2 * hourMs;
/** Interval at which older nulls are queried again, in ms. */
const recheckMs = 6 * hourMs;
/** Ratio of a new value to the old one above which the old one was not whole. */
const riseRatio = 1.02;

/** Samples of one query on their grid, null where nothing was measured. */
export class RememberedSamples {
  readonly stepMs: number;
  readonly lateness: Lateness;
  /** Epoch ms of the first remembered step. */
  #start: number;
  #values: (number | null)[] = [];
  /**
   * Number of the six-hour slot in which all gaps were last queried, and of the hour in which the long look back was.
   */
  #checkedIn: number;
  #lookedIn: number;

  /** `oldest` is the first instant to remember, `now` the instant of the first query, both epoch ms. */
  constructor(stepMs: number, oldest: number, now: number) {
    this.stepMs = stepMs;
    this.lateness = new Lateness(stepMs);
    this.#start = align(oldest, stepMs);
    this.#checkedIn = Math.floor(now / recheckMs);
    this.#lookedIn = Math.floor(now / hourMs);
  }

  /** Epoch ms of the end of the last step that was asked for. */
  get end(): number {
    return this.#start + this.#values.length * this.stepMs;
  }

  /** Epoch ms up to which samples are whole; later ones may still rise. */
  get settledUntil(): number {
    return this.lateness.settledUntil(this.end);
  }

  /** Epoch ms of the first and the end of the last measured step; undefined when there is none. */
  get measured(): { readonly from: number; readonly until: number } | undefined {
    const first = this.#values.findIndex(value => value !== null);
    if (first < 0) return undefined;
    const last = this.#values.findLastIndex(value => value !== null);
    return { from: this.#start + first * this.stepMs, until: this.#start + (last + 1) * this.stepMs };
  }

  /**
   * Returns the epoch ms from which to query at `now`, undefined when nothing can have changed:
   *
   *   when                                       from
   *   a new step is complete                     15 min back, twice the lateness, or the first gap of 10 min
   *   … the first of an hour                     2 h back
   *   there is a gap in the newest 10 min        as for a new step
   *   a sample is old enough to settle           as for a new step
   *   the first reconcile of six hours           the oldest gap, 2 h back at least
   */
  dueFrom(now: number): number | undefined {
    const end = align(now, this.stepMs);
    const isRecheck = Math.floor(now / recheckMs) !== this.#checkedIn;
    const gap = this.#firstGap(this.#indexOf(now - lateMs));
    const isOldEnough = now >= this.lateness.settlesAt;
    if (end <= this.end && gap === this.#values.length && !isOldEnough && !isRecheck) return undefined;
    const first = Math.min(this.#indexOf(now - this.#lookBackMs(now)), isRecheck ? this.#firstGap(0) : gap);
    const from = this.#start + first * this.stepMs;
    return from < end ? from : undefined;
  }

  /** Records that everything due at `now` has been queried. */
  checked(now: number): void {
    this.#checkedIn = Math.floor(now / recheckMs);
    this.#lookedIn = Math.floor(now / hourMs);
  }

  /**
   * Merges an answer to a query of `askedAt`. A known value stays where the answer has a gap, and does not fall once it
   * has settled. A negative demand counts as not measured.
   */
  merge({ start, values }: Series, askedAt: number): void {
    const offset = Math.round((start - this.#start) / this.stepMs);
    const late = this.lateness.ms;
    values.forEach((value, index) => {
      const at = offset + index;
      if (at < 0) return;
      const wasAsked = this.#values.length > at;
      while (this.#values.length <= at) this.#values.push(null);
      if (value === null || value < 0) return;
      const before = this.#values[at] ?? null;
      const end = this.#start + (at + 1) * this.stepMs;
      const isWatched = askedAt - end <= longLookBackMs;
      const falls = before !== null && value < before;
      if (!(falls && isWatched && wasAsked && this.lateness.isSettled(end, late))) this.#values[at] = value;
      const isFresh = askedAt - end <= Math.max(2 * this.stepMs, 2 * minuteMs) || (wasAsked && before === null);
      this.lateness.note({ end, askedAt, rose: before !== null && value > before * riseRatio, isFresh });
    });
  }

  /** Drops the samples before `oldest`, epoch ms. */
  forget(oldest: number): void {
    const steps = Math.floor((oldest - this.#start) / this.stepMs);
    if (steps <= 0) return;
    this.#values.splice(0, steps);
    this.#start += steps * this.stepMs;
  }

  /** Returns the samples of [from, to), null where nothing is known. */
  slice(from: number, to: number): Series {
    const first = align(from, this.stepMs);
    const count = Math.max(0, Math.floor((to - first) / this.stepMs));
    const offset = (first - this.#start) / this.stepMs;
    const values = Array.from({ length: count }, (_, index) => this.#values[offset + index] ?? null);
    return { start: first, stepSeconds: this.stepMs / 1000, values };
  }

  #lookBackMs(now: number): number {
    if (Math.floor(now / hourMs) !== this.#lookedIn) return longLookBackMs;
    return Math.max(Math.min(longLookBackMs, Math.max(lookBackMs, 2 * this.lateness.ms)), 2 * this.stepMs);
  }

  /** Finds the index of the first gap from an index on; the length when there is none. */
  #firstGap(from: number): number {
    let first = from;
    while (first < this.#values.length && this.#values[first] !== null) first++;
    return first;
  }

  #indexOf(instant: number): number {
    return Math.max(0, Math.min(this.#values.length, Math.ceil((instant - this.#start) / this.stepMs)));
  }
}

/** Rounds an instant down to a multiple of the step, both in ms. */
export function align(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}
