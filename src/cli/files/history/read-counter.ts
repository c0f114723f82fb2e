import type { HistoryRow } from './history-rows.ts';
import { rateUnitOf } from './rate-unit.ts';

/** Rows by which a value that never falls is a counter, and no morning on which demand only rises. */
const fewestRows = 30;
/** Share (0–1) of the value before, at most, with which a counter starts anew. */
const restart = 0.5;
/** Share (0–1) of all steps in which a counter may start anew, and in which it must rise at least. */
const mostRestarts = 0.05;
const fewestRises = 0.5;

/**
 * Reads rows that are a counter as its rates: where the option says so, or where the column is called a total and only
 * rises. `guess` says what was done without being told.
 *
 * @throws Error naming the first row, when a column that nothing is known of only rises
 */
export function readCounter(
  rows: readonly HistoryRow[],
  { column, unit }: { readonly column: string; readonly unit: string | undefined },
): { readonly rows: readonly HistoryRow[]; readonly guess?: string } {
  if (unit === 'counter') return { rows: ratesOfCounter(rows) };
  const named = rateUnitOf(column).kind;
  if (unit !== undefined || named === 'Rate' || !isCounter(rows)) return { rows };
  const called = column === '' ? 'the values' : `"${column}"`;
  if (named === 'Count' && /total|count$|sum$/i.test(column))
    return { rows: ratesOfCounter(rows), guess: `${called} as a counter, by how fast it rises → per second` };
  throw new Error(
    `${rows[0]?.where}: ${called} only ${column === '' ? 'rise' : 'rises'}, as a counter does and demand does not: say --unit counter, or --unit rps where it is requests per second`,
  );
}

/**
 * Tells whether rows are a counter: a count since a start, which rises for ever and falls only to start anew. Demand
 * rises and falls.
 */
function isCounter(rows: readonly HistoryRow[]): boolean {
  const counts = measured(rows);
  if (counts.length < fewestRows) return false;
  let rises = 0;
  let restarts = 0;
  for (const [i, { value }] of counts.entries()) {
    const before = counts[i - 1]?.value ?? value;
    if (value > before) rises++;
    if (value < before && value > restart * before) return false;
    if (value < before) restarts++;
  }
  return rises >= fewestRises * counts.length && restarts <= mostRestarts * counts.length;
}

/**
 * Turns a counter into the rates between its rows, each at the time of the row before, as `rate` does: where it falls it
 * has started at zero. The last row has no rate of its own.
 */
function ratesOfCounter(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  const counts = measured(rows);
  return counts.slice(1).flatMap((row, i) => {
    const before = counts[i];
    if (before === undefined || row.at === before.at) return [];
    const rise = row.value < before.value ? row.value : row.value - before.value;
    return [{ ...before, value: rise / ((row.at - before.at) / 1000) }];
  });
}

function measured(rows: readonly HistoryRow[]): readonly (HistoryRow & { readonly value: number })[] {
  const known = rows.flatMap(row => (row.value === null ? [] : [{ ...row, value: row.value }]));
  return known.toSorted((a, b) => a.at - b.at);
}
