/**
 * Samples younger than this are never taken for whole, however prompt the source was: a rule without memory, so that a
 * restarted operator decides the same.
 */
const youngestMs = 60_000;
/** A source is known to be prompt by so many steps, each watched so long from when it was new. */
const provenBySteps = 3;
const watchedMs = 3 * 60_000;
/** How late a source is, is the latest of its steps in so long a time, or of so many steps where they are long. */
const rememberedMs = 2 * 3_600_000;
const rememberedSteps = 24;

/** What was seen of one step; ages are in ms from its end to the question. */
interface Watched {
  readonly firstAge: number;
  readonly newestAge: number;
  /** At the last rise; 0 while there was none: its first value was whole. */
  readonly wholeAge: number;
  /** Whether it was seen from when it was new, so that its first value could have been a part. */
  readonly isFresh: boolean;
}

/** One sight of a step: epoch ms of the step's end and of the question. */
export interface Sight {
  readonly end: number;
  readonly askedAt: number;
  readonly rose: boolean;
  readonly isFresh: boolean;
}

/** How late the samples of one query become whole, measured by asking for the newest of them again. */
export class Lateness {
  readonly #stepMs: number;
  /** By the end of the step, epoch ms, oldest first. */
  readonly #watched = new Map<number, Watched>();

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  /** Takes in that a step was seen, measured, in an answer. */
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

  /** In ms: the age from which on a sample is taken for whole; a minute at least. */
  get ms(): number {
    return Math.max(youngestMs, this.#latestRise);
  }

  /**
   * In ms: the age up to which samples were seen to rise, 0 for a source whose first answer was always whole; undefined before
   * enough of them were watched.
   */
  get measuredMs(): number | undefined {
    const late = this.#latestRise;
    if (late > 0) return late;
    const proofs = [...this.#watched.values()].filter(
      ({ isFresh, firstAge, newestAge }) => isFresh && newestAge - firstAge >= watchedMs,
    );
    return proofs.length >= provenBySteps ? 0 : undefined;
  }

  /** Whether a step was last seen at an age at which samples are whole; what is no longer watched is. */
  isSettled(end: number, late = this.ms): boolean {
    const watched = this.#watched.get(end);
    return watched === undefined || watched.newestAge >= late;
  }

  /** Epoch ms: every step that ends by then is settled. `until` is the end of the last step that was asked for. */
  settledUntil(until: number): number {
    const late = this.ms;
    const young = [...this.#watched.keys()].filter(end => !this.isSettled(end, late));
    return young.length === 0 ? until : Math.min(...young) - this.#stepMs;
  }

  /** Epoch ms: from when on another question settles the oldest step that has not; infinite when all have. */
  get settlesAt(): number {
    const late = this.ms;
    const young = [...this.#watched.keys()].filter(end => !this.isSettled(end, late));
    return young.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...young) + late;
  }

  get #latestRise(): number {
    return Math.max(0, ...[...this.#watched.values()].map(({ wholeAge }) => wholeAge));
  }

  get #windowMs(): number {
    return Math.max(rememberedMs, rememberedSteps * this.#stepMs);
  }
}
