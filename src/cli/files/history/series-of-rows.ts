import type { Series } from '../../../../forecasts/index.ts';
import { formatDuration } from '../../../api/duration.ts';
import { formatInstant } from '../../../api/instant.ts';
import { chooseStep } from './choose-step.ts';
import type { HistoryRow } from './history-rows.ts';

/** Steps per file above which its timestamps must be wrong (1 s over a year, say). */
const mostSteps = 5_000_000;
const longestStepMs = 7 * 86_400_000;
/** Share (0–1) of a step by which a row may be early or late without a note. */
const tolerance = 0.1;
/** Share (0–1) of the distances between rows that may be no multiple of the step. */
const strayShare = 0.1;

/**
 * Puts rows on a grid: a series of means in requests per second, each over the step that begins at its time. A missing
 * row and an empty value are gaps; rows that come early or late go to the nearest step, and rows in one step are
 * averaged. `tell` is called with a note for all that was corrected.
 *
 * @throws Error naming the place, when there are fewer than two rows, two values at one time, or mixed steps
 */
export function seriesOfRows(file: string, input: readonly HistoryRow[], tell: (note: string) => void): Series {
  const rows = withoutRepeats(inOrder(file, input, tell), tell);
  const [first, second] = rows;
  if (first === undefined || second === undefined)
    throw new Error(`${file}: needs two rows of timestamp,value at least, has ${rows.length}`);
  const stepMs = chooseStep(rows);
  if (!(stepMs >= 1000 && stepMs <= longestStepMs))
    throw new Error(`${file}: rows lie a step of ${stepMs / 1000} s apart: expected one second to a week`);
  const last = rows.at(-1) ?? first;
  const length = Math.round((last.at - first.at) / stepMs) + 1;
  if (length > mostSteps)
    throw new Error(`${file}: ${length} steps of ${stepMs / 1000} s from ${first.where} to ${last.where} are too many`);
  const isRegular = rows.every(({ at }) => offGrid(at, first.at, stepMs) <= tolerance);
  const start = isRegular ? first.at : gridStart(rows, stepMs);
  if (!isRegular) refuseMixed(rows, stepMs);
  const { values, shared } = onGrid(rows, start, stepMs);
  if (!isRegular) tellJitter({ file, rows, start, stepMs, shared }, tell);
  const series = { start, stepSeconds: stepMs / 1000, values };
  tellGaps(file, series, tell);
  return series;
}

function inOrder(file: string, rows: readonly HistoryRow[], tell: (note: string) => void): readonly HistoryRow[] {
  const isSorted = rows.every(({ at }, i) => i === 0 || at >= (rows[i - 1]?.at ?? at));
  if (isSorted) return rows;
  // Metric consoles export the newest row first: nothing was corrected by turning it round.
  const isReversed = rows.every(({ at }, i) => i === 0 || at <= (rows[i - 1]?.at ?? at));
  if (!isReversed) tell(`${file}: the rows are not in order of time, and were sorted`);
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

/** Distance from the nearest step, as a share (0–0.5) of a step. */
function offGrid(at: number, start: number, stepMs: number): number {
  const place = (at - start) / stepMs;
  return Math.abs(place - Math.round(place));
}

/**
 * Start of the grid on which most rows lie: whole steps since 1970 when that is near, or when rows drift through all of
 * the step; else the mean place of the rows in their step, on a circle because a step ends where the next begins.
 */
function gridStart(rows: readonly HistoryRow[], stepMs: number): number {
  const angles = rows.map(({ at }) => (2 * Math.PI * (at % stepMs)) / stepMs);
  const mean = (part: (angle: number) => number) => angles.reduce((sum, angle) => sum + part(angle), 0) / rows.length;
  const [x, y] = [mean(Math.cos), mean(Math.sin)];
  const place = Math.round((Math.atan2(y, x) / (2 * Math.PI)) * (stepMs / 1000)) * 1000;
  const late = Math.hypot(x, y) < 0.5 || Math.abs(place) < 0.25 * stepMs ? 0 : place;
  return late + Math.round(((rows[0]?.at ?? 0) - late) / stepMs) * stepMs;
}

/** Refuses rows whose distances are often no multiple of the step. */
function refuseMixed(rows: readonly HistoryRow[], stepMs: number): void {
  const stray = rows.filter((row, i) => {
    const distance = (row.at - (rows[i - 1]?.at ?? row.at)) / stepMs;
    return i > 0 && (distance < 0.5 || Math.abs(distance - Math.round(distance)) > 0.45);
  });
  const [one] = stray;
  if (one === undefined || stray.length <= strayShare * rows.length) return;
  throw new Error(
    `${one.where}: the timestamp is off the step of ${stepMs / 1000} s, the commonest one: does the file mix steps?`,
  );
}

function onGrid(rows: readonly HistoryRow[], start: number, stepMs: number) {
  const last = rows.at(-1)?.at ?? start;
  const length = Math.round((last - start) / stepMs) + 1;
  const sums = new Array<number>(length).fill(0);
  const counts = new Array<number>(length).fill(0);
  let shared = 0;
  for (const { at, value } of rows) {
    const step = Math.max(0, Math.round((at - start) / stepMs));
    if (value === null) continue;
    if ((counts[step] ?? 0) > 0) shared++;
    sums[step] = (sums[step] ?? 0) + value;
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const values = sums.map((sum, step): number | null => {
    const count = counts[step] ?? 0;
    return count === 0 ? null : sum / count;
  });
  return { values, shared };
}

function tellJitter(
  input: {
    readonly file: string;
    readonly rows: readonly HistoryRow[];
    readonly start: number;
    readonly stepMs: number;
    readonly shared: number;
  },
  tell: (note: string) => void,
): void {
  const { file, rows, start, stepMs, shared } = input;
  const late = Math.max(...rows.slice(0, 100_000).map(({ at }) => offGrid(at, start, stepMs)));
  const merged = shared === 0 ? '' : `, ${shared} of them averaged with another of the same step`;
  tell(
    `${file}: rows lie up to ${formatDuration((late * stepMs) / 1000)} off their steps of ${formatDuration(stepMs / 1000)} and were put on the nearest${merged}`,
  );
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
