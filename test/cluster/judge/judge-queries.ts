import { formatInstant } from './trace.ts';

/** A query to the metric store; epoch ms. */
interface QuerySeen {
  readonly query: string;
  readonly end?: number;
  readonly receivedAt: number;
}

/** Complaints about queries for the future, which only a recorded sale could answer, or when there is no query. */
export function judgeQueries(queries: readonly QuerySeen[]): readonly string[] {
  const asked = queries.filter(({ query }) => query !== '');
  if (asked.length === 0) return ['the metric store was never asked'];
  return asked
    .filter(({ end, receivedAt }) => end !== undefined && end > receivedAt)
    .map(({ query, end = 0, receivedAt }) => {
      const ahead = ((end - receivedAt) / 1000).toFixed(3);
      return `at ${formatInstant(receivedAt)} somebody asked ${ahead} s into the future: ${query}`;
    });
}
