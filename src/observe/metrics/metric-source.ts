import type { Series } from '../../../forecasts/index.ts';

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
   * @throws MetricSourceError on any answer that is not the asked-for numbers: a failure is never the number 0
   */
  readRange(query: RangeQuery, signal?: AbortSignal): Promise<Series>;
}

export interface RangeQuery {
  readonly query: string;
  /** Epoch ms, a multiple of the step. */
  readonly start: number;
  /** Epoch ms, a multiple of the step, not after now: only complete steps are asked for. */
  readonly end: number;
  readonly stepSeconds: number;
}

/** Why a metric store gave no numbers; the message is a sentence for the author of the query or of the settings. */
export class MetricSourceError extends Error {
  readonly code = 'HEADSTART_METRICS';
  readonly reason: MetricFailure;
  /** When the store said how long to wait; transport time. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    reason: MetricFailure,
    message: string,
    options?: ErrorOptions & { readonly retryAfterSeconds?: number },
  ) {
    super(message, options);
    this.name = 'MetricSourceError';
    this.reason = reason;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/**
 * `Unreachable`: no answer in time. `Unauthorized`: credentials. `Throttled`: asked to wait. `BadQuery`: the store
 * understood and refused. `BadAnswer`: HTML, half a document, too large, a coarser interval than asked for.
 */
export type MetricFailure = 'Unreachable' | 'Unauthorized' | 'Throttled' | 'BadQuery' | 'BadAnswer';

/**
 * A range asked for in pieces of at most `maxSteps`, one after the other, joined without a seam.
 *
 * @throws RangeError when the query is not aligned to its step or ends before it starts
 */
export async function readInPieces(
  query: RangeQuery,
  maxSteps: number,
  readPiece: (piece: RangeQuery) => Promise<Series['values']>,
): Promise<Series> {
  assertAligned(query);
  const values: (number | null)[] = [];
  for (const piece of splitRange(query, maxSteps)) values.push(...(await readPiece(piece)));
  return { start: query.start, stepSeconds: query.stepSeconds, values };
}

function assertAligned({ start, end, stepSeconds }: RangeQuery): void {
  const stepMs = stepSeconds * 1000;
  if (start % stepMs !== 0 || end % stepMs !== 0 || end < start) {
    throw new RangeError(`a range starts and ends on a multiple of its step of ${stepSeconds} s, got ${start}..${end}`);
  }
}

/** The range in pieces of at most `maxSteps`, cut at multiples of it, so that the same hours are always the same question. */
export function splitRange(query: RangeQuery, maxSteps: number): readonly RangeQuery[] {
  const pieceMs = maxSteps * query.stepSeconds * 1000;
  const pieces: RangeQuery[] = [];
  for (let start = query.start; start < query.end; ) {
    const end = Math.min(query.end, (Math.floor(start / pieceMs) + 1) * pieceMs);
    pieces.push({ ...query, start, end });
    start = end;
  }
  return pieces;
}
