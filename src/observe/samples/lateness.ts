/**
 * Minimum age at which a sample counts as whole, in ms, however prompt the source is. It needs no memory, so a
 * restarted operator decides the same.
 */
const youngestMs = 60_000;
/** Steps that must be watched for `watchedMs` from when they were new before a source counts as prompt. */
const provenBySteps = 3;
const watchedMs = 3 * 60_000;
/** Window over which the latest rise counts: this time, or this many steps where that is longer. */
const rememberedMs = 2 * 3_600_000;
const rememberedSteps = 24;

/** Observations of one step; ages are in ms from the step's end to the query. */
interface Watched {
  readonly firstAge: number;
  readonly newestAge: number;
  /** Age at the last rise; 0 when the value never rose, that is, its first value was whole. */
  readonly wholeAge: number;
  /** Whether the step was observed from when it was new, so that its first value could have been partial. */
  readonly isFresh: boolean;
}

/** One observation of a step; `end` (of the step) and `askedAt` are epoch ms. */
export interface Sight {
  readonly end: number;
  readonly askedAt: number;
  readonly rose: boolean;
  readonly isFresh: boolean;
}

/** Age at which the samples of one query become whole, measured by querying the newest ones again. */
export class Lateness {
  readonly #stepMs: number;
  /** Age in ms that an earlier process measured; it counts until enough steps were watched to replace it. */
  readonly #knownMs: number;
  /** Observations by the end of the step (epoch ms), oldest first. */
  readonly #watched = new Map<number, Watched>();

  constructor(stepMs: number, knownMs = 0) {
    this.#stepMs = stepMs;
    this.#knownMs = knownMs;
  }

  /** Records that an answer had a value for a step. */
  note({ end, askedAt, rose, isFresh }: Sight): void {
    const age = askedAt - end;
    if (age > this.#windowMs) return;
    const before = this.#watched.get(end);
    this.#watched.set(end, {
      firstAge: before?.firstAge ?? age,
      newestAge: Math.max(age, before?.newestAge ?? age),
      wholeAge: rose ? age : (before?.wholeAge ?? 0),
      isFresh: before?.isFresh ?? isFresh,
    });
    for (const watched of this.#watched.keys()) {
      if (askedAt - watched <= this.#windowMs) break;
      this.#watched.delete(watched);
    }
  }

  /** Age in ms from which a sample counts as whole; at least one minute. */
  get ms(): number {
    return Math.max(youngestMs, this.#latestRise);
  }

  /**
   * Age in ms up to which samples were seen to rise; 0 when the first answer was always whole, undefined before enough
   * steps were watched.
   */
  get measuredMs(): number | undefined {
    const late = this.#latestRise;
    if (late > 0) return late;
    return this.#isProven ? 0 : undefined;
  }

  /**
   * Returns whether a step was last observed at an age at which samples are whole; a step that is no longer watched
   * counts as settled.
   */
  isSettled(end: number, late = this.ms): boolean {
    const watched = this.#watched.get(end);
    return watched === undefined || watched.newestAge >= late;
  }

  /** Returns the epoch ms up to which every step is settled. `until` is the end of the last step that was queried. */
  settledUntil(until: number): number {
    const late = this.ms;
    const young = [...this.#watched.keys()].filter(end => !this.isSettled(end, late));
    return young.length === 0 ? until : Math.min(...young) - this.#stepMs;
  }

  /** Epoch ms from which another query settles the oldest unsettled step; infinite when all are settled. */
  get settlesAt(): number {
    const late = this.ms;
    const young = [...this.#watched.keys()].filter(end => !this.isSettled(end, late));
    return young.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...young) + late;
  }

  get #latestRise(): number {
    const known = this.#isProven ? 0 : this.#knownMs;
    return Math.max(known, ...[...this.#watched.values()].map(({ wholeAge }) => wholeAge));
  }

  /** Whether enough steps were watched for long enough, at least as long as the known age. */
  get #isProven(): boolean {
    const neededMs = Math.max(watchedMs, this.#knownMs);
    const proofs = [...this.#watched.values()].filter(
      ({ isFresh, firstAge, newestAge }) => isFresh && newestAge - firstAge >= neededMs,
    );
    return proofs.length >= provenBySteps;
  }

  get #windowMs(): number {
    return Math.max(rememberedMs, rememberedSteps * this.#stepMs);
  }
}
