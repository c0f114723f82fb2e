import type { RangeQuery } from './range-query.ts';
import type { RefusedSize } from './refused-size.ts';

/** A store that takes too long is not asked for less than this: it may be busy rather than asked too much. */
const fewestStepsInTime = 60;
/** After so many pieces a store that took too long is asked for more again: it may have been busy or half down. */
const servedInTime = 20;
/** Of queries that are edited again and again, the oldest is forgotten. */
const mostRemembered = 10_000;

interface Learned {
  readonly steps: number;
  readonly refused: RefusedSize;
  /** Pieces served since. */
  readonly served: number;
}

/** The most steps that a source asks for at once: what its store serves, learned from what it refused. */
export class PieceSize {
  readonly #most: number;
  readonly #learned = new Map<string, Learned>();

  /** `most` in steps: what every such store serves. */
  constructor(most: number) {
    this.#most = most;
  }

  /** In steps. */
  of(query: RangeQuery): number {
    return Math.min(this.#most, ...keysOf(query).map(key => this.#learned.get(key)?.steps ?? this.#most));
  }

  /** Half of a refused piece; false when there is nothing left to halve, so that size cannot be what was refused. */
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

  /** Takes in that a piece was served. */
  served(query: RangeQuery): void {
    const [, key] = keysOf(query);
    const learned = this.#learned.get(key);
    if (learned?.refused !== 'Time') return;
    if (learned.served + 1 >= servedInTime) this.#learned.delete(key);
    else this.#learned.set(key, { ...learned, served: learned.served + 1 });
  }
}

/** A limit on the range holds for every query of this step, one on the work for the query alone. */
function keysOf({ query, stepSeconds }: RangeQuery): readonly [string, string] {
  return [`${stepSeconds}`, `${stepSeconds}|${query}`];
}
