import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Series } from '../../../forecasts/index.ts';
import { formatDuration } from '../../api/duration.ts';
import { formatInstant } from '../../api/instant.ts';
import { type HistoryRow, parseHistoryRows } from './parse-history-rows.ts';

/** Steps per file above which its timestamps must be wrong (1 s over a year, say). */
const mostSteps = 5_000_000;
const longestStepMs = 7 * 86_400_000;
/** Share (0–1) of a step by which a row may be early or late; more is an error. */
const tolerance = 0.1;

/**
 * Reads a `timestamp,value` CSV, compressed when its name ends in .gz, as a series: each row is the mean in requests
 * per second over the step that begins at its timestamp. The step is the most frequent distance of two rows; a missing
 * row and an empty value are gaps. `tell` is called with a note for all that was corrected or left out: rows out of
 * order, duplicate rows, times without an offset, another unit, values that demand cannot have, and gaps.
 *
 * @throws Error naming file and line, when a row is not a time and a value, or is off the step
 */
export function readHistory(file: string, tell: (note: string) => void = () => undefined): Series {
  const parsed = parseHistoryRows(file, readText(file), tell);
  const rows = withoutRepeats(inOrder(file, parsed, tell), tell);
  const [first, second] = rows;
  if (first === undefined || second === undefined)
    throw new Error(`${file}: needs two rows of timestamp,value at least, has ${rows.length}`);
  const stepMs = commonestStep(rows);
  if (!(stepMs >= 1000 && stepMs <= longestStepMs))
    throw new Error(`${file}: rows lie a step of ${stepMs / 1000} s apart: expected one second to a week`);
  const last = rows.at(-1) ?? first;
  const steps = Math.round((last.at - first.at) / stepMs) + 1;
  if (steps > mostSteps)
    throw new Error(`${file}: ${steps} steps of ${stepMs / 1000} s from ${first.where} to ${last.where} are too many`);
  const series = { start: first.at, stepSeconds: stepMs / 1000, values: onGrid(rows, first.at, { stepMs, steps }) };
  tellGaps(file, series, tell);
  return series;
}

/** Reports the number of steps without a value, and the longest gap. */
function tellGaps(file: string, { start, stepSeconds, values }: Series, tell: (note: string) => void): void {
  let missing = 0;
  let longest = { first: 0, steps: 0 };
  let first = 0;
  values.forEach((value, i) => {
    if (value !== null) {
      first = i + 1;
      return;
    }
    missing++;
    if (i + 1 - first > longest.steps) longest = { first, steps: i + 1 - first };
  });
  if (missing === 0) return;
  const from = formatInstant(start + longest.first * stepSeconds * 1000);
  tell(
    `${file}: ${missing} of ${values.length} steps have no value, the longest gap is ${formatDuration(longest.steps * stepSeconds)} from ${from}`,
  );
}

/** The name of a history: the file name without .csv or .csv.gz. */
export function historyName(file: string): string {
  return path.basename(file).replace(/\.csv(\.gz)?$/, '');
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  if (!file.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (cause) {
    throw new Error(`${file} ends in .gz and is not packed by gzip`, { cause });
  }
}

function inOrder(file: string, rows: readonly HistoryRow[], tell: (note: string) => void): readonly HistoryRow[] {
  const isSorted = rows.every(({ at }, i) => i === 0 || at >= (rows[i - 1]?.at ?? at));
  if (isSorted) return rows;
  tell(`${file}: the rows are not in order of time, and were sorted`);
  return rows.toSorted((a, b) => a.at - b.at);
}

function withoutRepeats(rows: readonly HistoryRow[], tell: (note: string) => void): readonly HistoryRow[] {
  const repeats = rows.filter((row, i) => {
    const before = rows[i - 1];
    if (before?.at !== row.at) return false;
    if (before.value !== row.value)
      throw new Error(
        `${row.where}: has the time of ${before.where} and another value: is this more than one series in a file?`,
      );
    return true;
  });
  const [one] = repeats;
  if (one === undefined) return rows;
  tell(`${one.where}: stands there twice${repeats.length > 1 ? `, as do ${repeats.length - 1} more rows` : ''}`);
  const repeated = new Set(repeats);
  return rows.filter(row => !repeated.has(row));
}

/** The most frequent distance of two rows, rounded to seconds because scrapes are slightly late. */
function commonestStep(rows: readonly HistoryRow[]): number {
  const counts = new Map<number, number>();
  for (const [index, { at }] of rows.entries()) {
    const before = rows[index - 1];
    if (before === undefined) continue;
    const distance = at - before.at;
    const step = distance < 1000 ? distance : Math.round(distance / 1000) * 1000;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [[step] = [60_000]] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return step;
}

function onGrid(
  rows: readonly HistoryRow[],
  start: number,
  { stepMs, steps }: { readonly stepMs: number; readonly steps: number },
): readonly (number | null)[] {
  const values = new Array<number | null>(steps).fill(null);
  const filledBy = new Array<HistoryRow | undefined>(steps);
  for (const row of rows) {
    const place = (row.at - start) / stepMs;
    const step = Math.round(place);
    const before = filledBy[step];
    if (Math.abs(place - step) > tolerance || before !== undefined)
      throw new Error(
        `${row.where}: the timestamp is off the step of ${stepMs / 1000} s, the commonest one: does the file mix steps?`,
      );
    filledBy[step] = row;
    values[step] = row.value;
  }
  return values;
}
