import type { RangeQuery } from '../metric-source.ts';
import type { RefusedSize } from './refused-size.ts';

/** A store that takes too long is not asked for less than this: it may be busy rather than asked too much. */
const fewestStepsInTime = 60;
/** Of queries that are edited again and again, the oldest is forgotten. */
const mostRemembered = 10_000;

/** The most steps that a source asks for at once: what its store serves, learned from what it refused. */
export class PieceSize {
  readonly #most: number;
  readonly #learned = new Map<string, number>();

  /** `most` in steps: what every such store serves. */
  constructor(most: number) {
    this.#most = most;
  }

  /** In steps. */
  of(query: RangeQuery): number {
    return Math.min(this.#most, ...keysOf(query).map(key => this.#learned.get(key) ?? this.#most));
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
    this.#learned.set(key, Math.max(fewest, Math.floor(steps / 2)));
    return true;
  }
}

/** A limit on the range holds for every query of this step, one on the work for the query alone. */
function keysOf({ query, stepSeconds }: RangeQuery): readonly [string, string] {
  return [`${stepSeconds}`, `${stepSeconds}|${query}`];
}
