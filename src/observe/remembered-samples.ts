import type { Series } from '../../forecasts/index.ts';

const hourMs = 3_600_000;
/** Samples may arrive late: nulls of this age and younger are asked for again at every look. */
const lateMs = 10 * 60_000;
/** Older nulls, and the newest samples whatever they are, once in six hours: a store may have given a part only. */
const recheckMs = 6 * hourMs;
const unsettledMs = 20 * 60_000;

/** The samples of one query on their grid, null where nothing was measured. */
export class RememberedSamples {
  readonly stepMs: number;
  /** Epoch ms of the first remembered step. */
  #start: number;
  #values: (number | null)[] = [];
  /** The six hours in which all gaps were last asked for. */
  #checkedIn: number;

  /** `oldest` is the first instant wanted; `now` the instant of the first question, both epoch ms. */
  constructor(stepMs: number, oldest: number, now: number) {
    this.stepMs = stepMs;
    this.#start = align(oldest, stepMs);
    this.#checkedIn = Math.floor(now / recheckMs);
  }

  /** Epoch ms of the end of the last step that was asked for. */
  get end(): number {
    return this.#start + this.#values.length * this.stepMs;
  }

  /** Epoch ms of the first and the end of the last measured step; undefined when there is none. */
  get measured(): { readonly from: number; readonly until: number } | undefined {
    const first = this.#values.findIndex(value => value !== null);
    if (first < 0) return undefined;
    const last = this.#values.findLastIndex(value => value !== null);
    return { from: this.#start + first * this.stepMs, until: this.#start + (last + 1) * this.stepMs };
  }

  /** From where to ask at `now`: the first step never asked for, or the first gap that may have been filled since. */
  firstUnknown(now: number): number {
    const isRecheck = Math.floor(now / recheckMs) !== this.#checkedIn;
    const settled = this.#indexOf(now - unsettledMs);
    const from = isRecheck ? 0 : this.#indexOf(now - lateMs);
    let first = from;
    while (first < this.#values.length && this.#values[first] !== null) first++;
    return this.#start + (isRecheck ? Math.min(first, settled) : first) * this.stepMs;
  }

  /** Every gap has been asked for at `now`. */
  checked(now: number): void {
    this.#checkedIn = Math.floor(now / recheckMs);
  }

  /** Takes an answer in; what is known stays where the answer has a gap. A negative demand measures nothing. */
  merge({ start, values }: Series): void {
    const offset = Math.round((start - this.#start) / this.stepMs);
    values.forEach((value, index) => {
      const at = offset + index;
      if (at < 0) return;
      while (this.#values.length <= at) this.#values.push(null);
      if (value !== null && value >= 0) this.#values[at] = value;
    });
  }

  /** Drops what is older than `oldest`, epoch ms. */
  forget(oldest: number): void {
    const steps = Math.floor((oldest - this.#start) / this.stepMs);
    if (steps <= 0) return;
    this.#values.splice(0, steps);
    this.#start += steps * this.stepMs;
  }

  /** The samples of [from, to), null where nothing is known. */
  slice(from: number, to: number): Series {
    const first = align(from, this.stepMs);
    const count = Math.max(0, Math.floor((to - first) / this.stepMs));
    const offset = (first - this.#start) / this.stepMs;
    const values = Array.from({ length: count }, (_, index) => this.#values[offset + index] ?? null);
    return { start: first, stepSeconds: this.stepMs / 1000, values };
  }

  #indexOf(instant: number): number {
    return Math.max(0, Math.min(this.#values.length, Math.ceil((instant - this.#start) / this.stepMs)));
  }
}

/** The multiple of the step at or before an instant, both in ms. */
export function align(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}
