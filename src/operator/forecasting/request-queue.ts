import type { Missing } from '../../api/missing.ts';
import type { WindowForecast } from '../../plan/demand/demand-forecasts.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import type { ForecastAnswer, ForecastRequest } from './forecaster.ts';

/** A request with what has been made of it. */
export interface OpenRequest {
  readonly request: ForecastRequest;
  /** Rank by the time of asking, ascending. */
  readonly rank: number;
  readonly done: (WindowForecast | Missing)[];
  readonly resolve: (answer: ForecastAnswer) => void;
}

/** Pieces and steps of one work at most: what is needed first waits for one such work, some ten milliseconds. */
const mostPieces = 6;
const mostSteps = 11_000;

/**
 * Open requests: what is needed first comes first; of equal ones, what was asked first. One that is put back with a part
 * made keeps its place, so that its model serves all of its pieces before another one is needed.
 */
export class RequestQueue {
  readonly #open: OpenRequest[] = [];

  add(open: OpenRequest): void {
    let low = 0;
    let high = this.#open.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#open[middle], open)) low = middle + 1;
      else high = middle;
    }
    this.#open.splice(low, 0, open);
  }

  /** The first request; undefined when none is open. */
  get first(): OpenRequest | undefined {
    return this.#open[0];
  }

  /** Removes and returns the first request; undefined when none is open. */
  take(): OpenRequest | undefined {
    return this.#open.shift();
  }

  /** Removes and returns all requests. */
  takeAll(): readonly OpenRequest[] {
    return this.#open.splice(0);
  }
}

function isBefore(one: OpenRequest | undefined, other: OpenRequest): boolean {
  if (one === undefined) return false;
  const apart = one.request.neededAt - other.request.neededAt;
  return apart === 0 ? one.rank < other.rank : apart < 0;
}

/** The next pieces of a request that make one work; at least one, where any is left. */
export function nextPieces({ request: { pieces }, done }: OpenRequest): readonly ForecastPiece[] {
  let steps = 0;
  let count = 0;
  for (const piece of pieces.slice(done.length, done.length + mostPieces)) {
    steps += piece.steps;
    if (count > 0 && steps > mostSteps) break;
    count += 1;
  }
  return pieces.slice(done.length, done.length + count);
}
