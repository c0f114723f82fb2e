import { type Ask, MetricSourceError, type PieceAnswer } from './metric-source.ts';
import type { RangeQuery } from './range-query.ts';

/** Several queries over one range. */
export interface BatchQuestion extends Omit<RangeQuery, 'query'> {
  readonly queries: readonly string[];
}

/** Answers of a batch, one per query in their order; an error concerns its own query only. */
export interface BatchAnswer {
  readonly answers: readonly (PieceAnswer['values'] | MetricSourceError)[];
  readonly restSeconds?: number | undefined;
}

export interface BatchOptions {
  readonly maxQueries: number;
  /** Maximum steps of one request; pieces of several ranges are joined up to it. */
  readonly maxSteps: number;
  /** Time that the first piece is held to collect others; transport time. */
  readonly waitMs: number;
  readonly send: (question: BatchQuestion) => Promise<BatchAnswer>;
}

interface Waiting {
  readonly piece: RangeQuery;
  readonly ask: Ask;
  readonly answer: PromiseWithResolvers<PieceAnswer>;
}

/** Failures that may concern one query of several; the others are sent again without it. */
const ofOneQuery: readonly MetricSourceError['reason'][] = ['BadQuery', 'BadAnswer', 'TooLarge', 'Partial'];

/**
 * Joins pieces that several targets request at the same time into one request. After a failure each query is sent
 * alone, so that one bad query does not fail the others, and the bad one stays alone; a request too large for a store
 * is cut in two.
 */
export function batchQuestions(options: BatchOptions): (piece: RangeQuery, ask: Ask) => Promise<PieceAnswer> {
  const waiting: Waiting[] = [];
  const loners = new Set<string>();
  let { maxQueries } = options;

  const askAlone = ({ query, ...range }: RangeQuery, ask: Ask): Promise<PieceAnswer> =>
    ask(async () => {
      const { answers, restSeconds } = await options.send({ ...range, queries: [query] });
      const [first] = answers;
      if (first === undefined || first instanceof MetricSourceError) {
        throw first ?? new MetricSourceError('BadAnswer', `the answer has no values of "${query}".`);
      }
      return { values: first, restSeconds };
    });

  const sendAlone = async ({ piece, ask, answer }: Waiting): Promise<void> => {
    try {
      answer.resolve(await askAlone(piece, ask));
    } catch (error) {
      if (isOfOneQuery(error)) loners.add(piece.query);
      answer.reject(error);
    }
  };

  const sendTogether = async (batch: readonly Waiting[], ask: Ask): Promise<void> => {
    const start = Math.min(...batch.map(({ piece }) => piece.start));
    const end = Math.max(...batch.map(({ piece }) => piece.end));
    const queries = [...new Set(batch.map(({ piece }) => piece.query))];
    const stepSeconds = batch[0]?.piece.stepSeconds ?? 0;
    const { answers, restSeconds } = await ask(() => options.send({ queries, start, end, stepSeconds }));
    for (const one of batch) {
      const values = answers[queries.indexOf(one.piece.query)];
      if (values === undefined || values instanceof MetricSourceError) {
        loners.add(one.piece.query);
        void sendAlone(one);
      } else one.answer.resolve({ values: cut(values, start, one.piece), restSeconds });
    }
  };

  const sendBatch = (batch: readonly Waiting[]): void => {
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length === 1) {
      void sendAlone(first);
      return;
    }
    sendTogether(batch, first.ask).catch(error => {
      const { size } = new Set(batch.map(({ piece }) => piece.query));
      if (error instanceof MetricSourceError && error.reason === 'TooLarge' && size > 1) {
        maxQueries = Math.floor(size / 2);
        for (const part of formBatches(batch, { ...options, maxQueries }, loners)) sendBatch(part);
      } else if (isOfOneQuery(error)) for (const one of batch) void sendAlone(one);
      else for (const one of batch) one.answer.reject(error);
    });
  };

  const flush = (): void => {
    for (const batch of formBatches(waiting.splice(0), { ...options, maxQueries }, loners)) sendBatch(batch);
  };

  return (piece, ask) => {
    const answer = Promise.withResolvers<PieceAnswer>();
    if (waiting.push({ piece, ask, answer }) === 1) setTimeout(flush, options.waitMs);
    return answer.promise;
  };
}

function isOfOneQuery(error: unknown): boolean {
  return error instanceof MetricSourceError && ofOneQuery.includes(error.reason);
}

/** Forms batches of compatible pieces in their order: the same step, few queries, and one range within the limit. */
function formBatches(
  waiting: readonly Waiting[],
  { maxQueries, maxSteps }: BatchOptions,
  loners: ReadonlySet<string>,
): readonly (readonly Waiting[])[] {
  const batches: Waiting[][] = [];
  for (const one of waiting) {
    const company = loners.has(one.piece.query)
      ? undefined
      : batches.find(batch => {
          const pieces = [...batch.map(({ piece }) => piece), one.piece];
          const spanMs = Math.max(...pieces.map(({ end }) => end)) - Math.min(...pieces.map(({ start }) => start));
          return (
            pieces.every(({ query, stepSeconds }) => stepSeconds === one.piece.stepSeconds && !loners.has(query)) &&
            new Set(pieces.map(({ query }) => query)).size <= maxQueries &&
            spanMs <= maxSteps * one.piece.stepSeconds * 1000
          );
        });
    if (company === undefined) batches.push([one]);
    else company.push(one);
  }
  return batches;
}

/** Cuts the steps of one piece out of the whole range. */
function cut(values: PieceAnswer['values'], start: number, piece: RangeQuery): PieceAnswer['values'] {
  const stepMs = piece.stepSeconds * 1000;
  return values.slice((piece.start - start) / stepMs, (piece.end - start) / stepMs);
}
