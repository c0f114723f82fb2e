import type { RangeQuery } from './range-query.ts';
import type { RefusedSize } from './refused-size.ts';

/** Minimum steps to which a timeout reduces a piece: below it the store is more likely busy than asked too much. */
const fewestStepsInTime = 60;
/** Pieces served after a timeout before larger ones are tried again: the store may have been busy or partly down. */
const servedInTime = 20;
/** Maximum remembered sizes; the oldest is dropped, since edited queries leave entries behind. */
const mostRemembered = 10_000;

interface Learned {
  readonly steps: number;
  readonly refused: RefusedSize;
  /** Pieces served since the last refusal. */
  readonly served: number;
}

/** Maximum steps that a source requests at once, learned from what its store refused. */
export class PieceSize {
  readonly #most: number;
  readonly #learned = new Map<string, Learned>();

  /** `most`: steps that every store of this type serves. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Returns the steps to request at once. */
  of(query: RangeQuery): number {
    return Math.min(this.#most, ...keysOf(query).map(key => this.#learned.get(key)?.steps ?? this.#most));
  }

  /** Halves the size of a refused piece; false when it cannot be halved further, so that size cannot be the reason. */
  halve(query: RangeQuery, steps: number, refused: RefusedSize): boolean {
    const [ofStep, ofQuery] = keysOf(query);
    const key = refused === 'Range' ? ofStep : ofQuery;
    const fewest = refused === 'Time' ? fewestStepsInTime : 1;
    if (steps <= fewest) {
      if (refused !== 'Time') this.#learned.delete(key);
      return false;
    }
    const [oldest] = this.#learned.keys();
    if (this.#learned.size >= mostRemembered && oldest !== undefined) this.#learned.delete(oldest);
    this.#learned.set(key, { steps: Math.max(fewest, Math.floor(steps / 2)), refused, served: 0 });
    return true;
  }

  /** Records that a piece was served. */
  served(query: RangeQuery): void {
    const [, key] = keysOf(query);
    const learned = this.#learned.get(key);
    if (learned?.refused !== 'Time') return;
    if (learned.served + 1 >= servedInTime) this.#learned.delete(key);
    else this.#learned.set(key, { ...learned, served: learned.served + 1 });
  }
}

/**
 * Keys of the learned sizes: a limit on the range applies to every query of this step, a limit on the work to the query
 * alone.
 */
function keysOf({ query, stepSeconds }: RangeQuery): readonly [string, string] {
  return [`${stepSeconds}`, `${stepSeconds}|${query}`];
}
