import type { Series } from '../../../forecasts/index.ts';
import type { PieceSize } from './piece-size.ts';
import type { RangeQuery } from './range-query.ts';
import type { RefusedSize } from './refused-size.ts';

/**
 * Metric store with the one query that Headstart sends. Every implementation passes test/contracts/metric-source.ts; to
 * add one, write its file beside this one and name it in `create-metric-source.ts`.
 */
export interface MetricSource {
  /** Name in the settings: `prometheus`, `datadog`. */
  readonly type: string;
  /**
   * Reads the demand of one query over [start, end), one value per step, null where the store has none. Never queries
   * beyond `end`, splits a range that the store would refuse or coarsen, and follows no redirect.
   *
   * @throws MetricSourceError on any answer without all of the requested numbers: a failure must not count as 0, nor a
   * part as the whole
   */
  readRange(query: RangeQuery, signal?: AbortSignal, reading?: Reading): Promise<Series>;
}

/** Options for reading a range. */
export interface Reading {
  /** Sends a query when the store's budget allows. @default at once */
  readonly ask?: Ask;
  /** Receives each piece of the range when it arrives, so that it is kept when a later one fails. */
  readonly onPiece?: (piece: Series) => void;
}

/** Sends one query when the store's budget allows. @throws MetricSourceError `Throttled` while it does not */
export type Ask = <T extends StoreAnswer>(question: () => Promise<T>) => Promise<T>;

/** Sends every query at once, for a single reader of a store. */
export const askAtOnce: Ask = question => question();

/** State of the store itself, as given with an answer. */
export interface StoreAnswer {
  /** Seconds to pause after this answer because the budget is used up; absent when the store does not say. */
  readonly restSeconds?: number | undefined;
}

/** Values of one piece of a range, one per step. */
export interface PieceAnswer extends StoreAnswer {
  readonly values: Series['values'];
}

/**
 * Reason why a metric store returned no numbers; the message is a sentence for the author of the query or of the
 * settings.
 */
export class MetricSourceError extends Error {
  readonly code = 'HEADSTART_METRICS';
  readonly reason: MetricFailure;
  /** Seconds to wait as given by the store; transport time. */
  readonly retryAfterSeconds: number | undefined;
  /** Part of the query that was too large; absent unless `TooLarge`, or `Unreachable` after a timeout. */
  readonly refused: RefusedSize | undefined;

  constructor(
    reason: MetricFailure,
    message: string,
    options?: ErrorOptions & { readonly retryAfterSeconds?: number | undefined; readonly refused?: RefusedSize },
  ) {
    super(message, options);
    this.name = 'MetricSourceError';
    this.reason = reason;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.refused = options?.refused;
  }
}

/**
 * Kind of failure. `Unreachable`: no whole answer. `Unauthorized`: credentials. `Throttled`: the store asks to wait.
 * `BadQuery`: the store understood the query and refused it. `TooLarge`: it would answer a shorter range. `Partial`:
 * only part of the series. `BadAnswer`: HTML, an incomplete document, too large, or a coarser interval than asked for.
 */
export type MetricFailure =
  | 'Unreachable'
  | 'Unauthorized'
  | 'Throttled'
  | 'BadQuery'
  | 'TooLarge'
  | 'Partial'
  | 'BadAnswer';

/**
 * Reads a range in pieces of the size that its store serves, one after the other, and joins them. A piece that is
 * refused for its size is halved until it is served.
 *
 * @throws RangeError when the query is not aligned to its step or ends before it starts
 * @throws MetricSourceError when the store refuses a piece of any size
 */
export async function readInPieces(
  query: RangeQuery,
  pieces: {
    readonly size: PieceSize;
    readonly readPiece: (piece: RangeQuery) => Promise<PieceAnswer>;
    readonly onPiece?: Reading['onPiece'] | undefined;
  },
): Promise<Series> {
  assertAligned(query);
  const values: (number | null)[] = [];
  const { stepSeconds } = query;
  for (let start = query.start; start < query.end; ) {
    const piece = firstPiece({ ...query, start }, pieces.size.of(query));
    try {
      const answer = await pieces.readPiece(piece);
      for (const value of answer.values) values.push(value);
      pieces.onPiece?.({ start, stepSeconds, values: answer.values });
      pieces.size.served(query);
      start = piece.end;
    } catch (error) {
      if (!(error instanceof MetricSourceError) || error.refused === undefined) throw error;
      const steps = (piece.end - piece.start) / (stepSeconds * 1000);
      const isHalved = pieces.size.halve(query, steps, error.refused);
      // A store that timed out is not queried again at once: the next reconcile asks for less.
      if (!isHalved || error.reason === 'Unreachable') throw error;
    }
  }
  return { start: query.start, stepSeconds, values };
}

function assertAligned({ start, end, stepSeconds }: RangeQuery): void {
  const stepMs = stepSeconds * 1000;
  if (start % stepMs !== 0 || end % stepMs !== 0 || end < start) {
    throw new RangeError(`a range starts and ends on a multiple of its step of ${stepSeconds} s, got ${start}..${end}`);
  }
}

/**
 * Splits the range into pieces of at most `maxSteps`, cut at multiples of it, so that the same hours always give the
 * same query.
 */
export function splitRange(query: RangeQuery, maxSteps: number): readonly RangeQuery[] {
  const pieces: RangeQuery[] = [];
  for (let start = query.start; start < query.end; ) {
    const piece = firstPiece({ ...query, start }, maxSteps);
    pieces.push(piece);
    start = piece.end;
  }
  return pieces;
}

function firstPiece(query: RangeQuery, maxSteps: number): RangeQuery {
  const pieceMs = maxSteps * query.stepSeconds * 1000;
  return { ...query, end: Math.min(query.end, (Math.floor(query.start / pieceMs) + 1) * pieceMs) };
}
