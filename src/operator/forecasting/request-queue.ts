import type { WindowForecast } from '../../plan/demand/demand-forecasts.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import type { ForecastAnswer, ForecastRequest } from './forecaster.ts';

/** A request with what has been made of it. */
export interface OpenRequest {
  readonly request: ForecastRequest;
  readonly done: WindowForecast[];
  readonly resolve: (answer: ForecastAnswer) => void;
}

/** Pieces and steps of one work at most: what is needed first waits for one such work, some ten milliseconds. */
const mostPieces = 6;
const mostSteps = 11_000;

/** Open requests: what is needed first comes first; of equal ones, what was asked first. */
export class RequestQueue {
  readonly #open: OpenRequest[] = [];

  get size(): number {
    return this.#open.length;
  }

  add(open: OpenRequest): void {
    const { neededAt } = open.request;
    let low = 0;
    let high = this.#open.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#open[middle]?.request.neededAt ?? 0) <= neededAt) low = middle + 1;
      else high = middle;
    }
    this.#open.splice(low, 0, open);
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
