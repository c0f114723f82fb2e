import type { Series } from '../../../forecasts/index.ts';
import { CompactSamples } from './compact-samples.ts';
import { Lateness } from './lateness.ts';
import { type PackedSeries, unpackSeries } from './packed-series.ts';

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

/** Samples of one query on their grid, to five significant digits (`CompactSamples`), null where nothing was measured. */
export class RememberedSamples {
  readonly stepMs: number;
  readonly lateness: Lateness;
  readonly #samples = new CompactSamples();
  /** The first remembered step, and the one after the last that was asked for, counted from the epoch. */
  #first: number;
  #end: number;
  /**
   * Number of the six-hour slot in which all gaps were last queried, and of the hour in which the long look back was.
   */
  #checkedIn: number;
  #lookedIn: number;

  /**
   * `oldest` is the first instant to remember, `now` the instant of the first query, both epoch ms; `knownLateMs` is how
   * late an earlier process found the source to be.
   */
  constructor(
    stepMs: number,
    oldest: number,
    { now, knownLateMs = 0 }: { readonly now: number; readonly knownLateMs?: number },
  ) {
    this.stepMs = stepMs;
    this.lateness = new Lateness(stepMs, knownLateMs);
    this.#first = Math.floor(oldest / stepMs);
    this.#end = this.#first;
    this.#checkedIn = Math.floor(now / recheckMs);
    this.#lookedIn = Math.floor(now / hourMs);
  }

  /** Epoch ms of the end of the last step that was asked for. */
  get end(): number {
    return this.#end * this.stepMs;
  }

  /** Epoch ms up to which samples are whole; later ones may still rise. */
  get settledUntil(): number {
    return this.lateness.settledUntil(this.end);
  }

  /** Epoch ms of the first and the end of the last measured step; undefined when there is none. */
  get measured(): { readonly from: number; readonly until: number } | undefined {
    const first = this.#samples.first(this.#first, this.#end);
    const last = first === undefined ? undefined : this.#samples.last(first, this.#end);
    if (first === undefined || last === undefined) return undefined;
    return { from: first * this.stepMs, until: (last + 1) * this.stepMs };
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
    const gap = this.#firstGap(this.#stepFrom(now - lateMs));
    const isOldEnough = now >= this.lateness.settlesAt;
    if (end <= this.end && gap === this.#end && !isOldEnough && !isRecheck) return undefined;
    const first = Math.min(this.#stepFrom(now - this.#lookBackMs(now)), isRecheck ? this.#firstGap(this.#first) : gap);
    const from = first * this.stepMs;
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
    const offset = Math.round(start / this.stepMs);
    const late = this.lateness.ms;
    values.forEach((value, index) => {
      const step = offset + index;
      if (step < this.#first) return;
      const wasAsked = this.#end > step;
      this.#end = Math.max(this.#end, step + 1);
      if (value === null || Number.isNaN(value) || value < 0) return;
      const before = this.#samples.has(step) ? this.#samples.get(step) : undefined;
      const end = (step + 1) * this.stepMs;
      const isWatched = askedAt - end <= longLookBackMs;
      const falls = before !== undefined && value < before;
      if (!(falls && isWatched && wasAsked && this.lateness.isSettled(end, late))) this.#samples.set(step, value);
      const isFresh = askedAt - end <= Math.max(2 * this.stepMs, 2 * minuteMs) || (wasAsked && before === undefined);
      this.lateness.note({ end, askedAt, rose: before !== undefined && value > before * riseRatio, isFresh });
    });
  }

  /** Drops the samples before `oldest`, epoch ms. */
  forget(oldest: number): void {
    const first = Math.floor(oldest / this.stepMs);
    if (first <= this.#first) return;
    this.#samples.forget(first);
    this.#first = first;
    this.#end = Math.max(first, this.#end);
  }

  /** Returns the samples of [from, to), null where nothing is known. */
  slice(from: number, to: number): Series {
    return unpackSeries(this.packed(from, to));
  }

  /** The same as one typed array. */
  packed(from: number, to: number): PackedSeries {
    const first = Math.floor(from / this.stepMs);
    const end = Math.max(first, Math.floor(to / this.stepMs));
    return {
      start: first * this.stepMs,
      stepSeconds: this.stepMs / 1000,
      values: this.#samples.slice(first, end),
    };
  }

  #lookBackMs(now: number): number {
    if (Math.floor(now / hourMs) !== this.#lookedIn) return longLookBackMs;
    return Math.max(Math.min(longLookBackMs, Math.max(lookBackMs, 2 * this.lateness.ms)), 2 * this.stepMs);
  }

  /** The first step without a sample from a step on; the end when there is none. */
  #firstGap(from: number): number {
    let first = from;
    while (first < this.#end && this.#samples.has(first)) first++;
    return first;
  }

  /** The first remembered step that begins at an instant (epoch ms) or later; the end when there is none. */
  #stepFrom(instant: number): number {
    return Math.max(this.#first, Math.min(this.#end, Math.ceil(instant / this.stepMs)));
  }
}

/** Rounds an instant down to a multiple of the step, both in ms. */
export function align(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}
