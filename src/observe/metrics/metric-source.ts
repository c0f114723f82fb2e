import type { Series } from '../../../forecasts/index.ts';
import type { PieceSize } from './piece-size.ts';
import type { RangeQuery } from './range-query.ts';
import type { RefusedSize } from './refused-size.ts';

/**
 * A store of metrics, reduced to the one question Headstart asks. Every implementation passes
 * test/contracts/metric-source.ts; to add one, write its file beside this one and name it in `create-metric-source.ts`.
 */
export interface MetricSource {
  /** What people call it in settings: `prometheus`, `datadog`. */
  readonly type: string;
  /**
   * Demand of one query over [start, end), one value a step; null where the store has nothing. Never asks for a time
   * beyond `end`, splits what the store would refuse or coarsen, and follows no redirect.
   *
   * @throws MetricSourceError on any answer that is not all of the asked-for numbers: a failure is never the number 0, and a
   * part never the whole
   */
  readRange(query: RangeQuery, signal?: AbortSignal, reading?: Reading): Promise<Series>;
}

/** How a range is to be read. */
export interface Reading {
  /** Sends a question to the store when its budget allows. @default at once */
  readonly ask?: Ask;
  /** Takes each piece of the range as it comes, so that none is lost when a later one fails. */
  readonly onPiece?: (piece: Series) => void;
}

/** Sends one question when the budget of its store allows. @throws MetricSourceError `Throttled` while it does not */
export type Ask = <T extends StoreAnswer>(question: () => Promise<T>) => Promise<T>;

/** Sends every question at once, as where one reader has a store to itself. */
export const askAtOnce: Ask = question => question();

/** What an answer says of the store itself. */
export interface StoreAnswer {
  /** How long the store wants to be left alone after this answer, its budget being used up; absent = it does not say. */
  readonly restSeconds?: number | undefined;
}

/** The values of one piece of a range, one a step. */
export interface PieceAnswer extends StoreAnswer {
  readonly values: Series['values'];
}

/** Why a metric store gave no numbers; the message is a sentence for the author of the query or of the settings. */
export class MetricSourceError extends Error {
  readonly code = 'HEADSTART_METRICS';
  readonly reason: MetricFailure;
  /** When the store said how long to wait; transport time. */
  readonly retryAfterSeconds: number | undefined;
  /** What of the question was too large; absent unless `TooLarge`, or `Unreachable` when time ran out. */
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
 * `Unreachable`: no whole answer. `Unauthorized`: credentials. `Throttled`: asked to wait. `BadQuery`: the store understood and
 * refused. `TooLarge`: it would answer a shorter range. `Partial`: a part of the series only. `BadAnswer`: HTML, half a
 * document, too large, a coarser interval than asked for.
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
 * A range asked for in pieces of the size that its store serves, one after the other, joined without a seam. A piece that is
 * refused for its size is halved until it is served.
 *
 * @throws RangeError when the query is not aligned to its step or ends before it starts
 * @throws MetricSourceError what the store refuses at any size
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
      // A store that is silent is not asked again at once: the next look asks for less.
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

/** The range in pieces of at most `maxSteps`, cut at multiples of it, so that the same hours are always the same question. */
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
