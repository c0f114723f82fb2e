/**
 * Size that a store found too large in a query. `Range`: the time or the number of points, whatever the query. `Work`:
 * the data that this query reads. `Time`: it took too long. Undefined: size was not the reason.
 */
export type RefusedSize = 'Range' | 'Work' | 'Time';

const range = [
  /time range\b.{0,60}\b(exceed|limit|too|at most|maximum)|exceed.{0,60}time range/i,
  /query length.{0,60}(exceed|limit)|exceed.{0,60}query length/i,
  /maximum resolution|too many (data ?)?points|points per time ?series|maxPointsPerTimeseries/i,
  /(range|interval|window|duration|lookback)\b.{0,40}\b(too (long|large|wide|big)|exceed|limit|at most|maximum)/i,
];
const work = [
  /\b(samples?|chunks?|series|data ?points?|bytes|memory|cost|entries|fetched|matched)\b.{0,80}\b(limit|exceed\w*|maximum|too (many|large)|not enough)/i,
  /\b(limit|exceed\w*|maximum|too many|more than|not enough)\b.{0,80}\b(samples?|chunks?|series|data ?points?|bytes|memory|cost|entries)\b/i,
  /limit \d+ violated/i,
  /message larger than max|(response|result|payload|entity|answer|body|request)\b.{0,20}\btoo large/i,
  /query (is )?too (large|expensive|complex|heavy|big)/i,
];
const time = [/timed? ?out|timeout|deadline exceeded|took too long/i];
/** Query and range as a store repeats them: the author's words, not the store's. */
const repeated = [/"(?:[^"\\]|\\.)*"/g, /on the time range \([^)]*\)/g];
/** Complaints about the length of the query's own text, which a shorter range does not change. */
const text = [
  /(raw query size|query (string|text|expression)|expression size|maxQueryLen|too long query|uri too long)/i,
];

/**
 * Finds which size a store refused, from its status and its message. The message is matched loosely: an unnecessary
 * halving costs a few requests, a missing one costs the history.
 */
export function refusedSize(status: number, said: string): RefusedSize | undefined {
  const mayRefuse = status === 413 || status === 400 || status === 422 || status >= 500;
  const own = repeated.reduce((words, pattern) => words.replaceAll(pattern, ''), said);
  if (!mayRefuse || matches(text, own)) return undefined;
  if (matches(range, own)) return 'Range';
  if (status === 413 || matches(work, own)) return 'Work';
  return status === 504 || matches(time, own) ? 'Time' : undefined;
}

function matches(patterns: readonly RegExp[], said: string): boolean {
  return patterns.some(pattern => pattern.test(said));
}
