import { splitAmount } from './number-style.ts';
import type { TableRow } from './parse-table.ts';
import { parseWrittenTime } from './written-time.ts';

/** A table's header and the rows below it. */
export interface HeadedTable {
  /** The names of the columns; undefined when the first line is a row. */
  readonly header?: TableRow;
  readonly rows: readonly TableRow[];
  /** Number of lines above the header. */
  readonly leftOut: number;
  /** Number of lines of totals below the rows. @default 0 */
  readonly totals?: number;
}

const gap = /^(?:nan|null|none|undefined|n\/?a|#n\/?a|#nv|\\n|-|–|)$/i;

/** Tells whether a cell says that nothing was measured. */
export function isGap(cell: string): boolean {
  return gap.test(cell);
}

/**
 * Finds the header of a table of times and numbers: the line above the first row with both. Titles above the header are
 * left out, and so are repetitions of the header, as in files that were put together, and lines of totals at the end.
 */
export function splitHeader(rows: readonly TableRow[]): HeadedTable {
  const first = rows.findIndex(isData);
  const start = first === -1 ? rows.findIndex(({ cells }) => cells.length > 1 && cells.every(isAmount)) : first;
  if (start === -1) return isNames(rows[0]) ? headed(rows, 0, 1) : { rows, leftOut: 0 };
  // A row of numbers whose time cannot be read is a row all the same, and its error is told.
  const spoilt = rows.slice(0, start).findIndex(({ cells: [time = '', ...others] }) => {
    return /\d/.test(time) && others.length > 0 && others.every(isAmount);
  });
  const begin = spoilt === -1 ? start : spoilt;
  // CloudWatch writes the names in a line called Label, above others with the statistic and the period.
  const labels = rows.slice(0, begin).findIndex(({ cells: [first] }) => /^label$/i.test(first ?? ''));
  return headed(rows, labels === -1 ? begin - 1 : labels, begin);
}

/** Takes the line `header` for the names of the columns, unless it is a title, and the rows from `begin` for the rest. */
function headed(rows: readonly TableRow[], header: number, begin: number): HeadedTable {
  const line = rows[header];
  const last = rows.findLastIndex(row => !isTotal(row));
  const below = rows.slice(begin, last + 1);
  const totals = rows.length - 1 - last;
  if (line === undefined || line.cells.length === 1) return { rows: below, leftOut: begin, totals };
  const names = line.cells.join('\n');
  return { header: line, rows: below.filter(({ cells }) => cells.join('\n') !== names), leftOut: begin - 1, totals };
}

const total =
  /^(?:grand )?(?:total|sum|avg|average|mean|min|minimum|max|maximum|count|summe|gesamt|gesamtergebnis|mittelwert|durchschnitt)s?:?$/i;

/** A line that sums up the rows above it, as spreadsheets and dashboards add it. */
export function isTotal({ cells }: TableRow): boolean {
  return total.test(cells.find(cell => cell !== '') ?? '');
}

function isNames(row: TableRow | undefined): boolean {
  return row !== undefined && row.cells.length > 1 && row.cells.every(cell => !/\d/.test(cell));
}

function isData({ cells }: TableRow): boolean {
  const time = cells.findIndex(cell => parseWrittenTime(cell) !== undefined);
  return time !== -1 && cells.some((cell, i) => i !== time && isAmount(cell));
}

function isAmount(cell: string): boolean {
  return isGap(cell) || splitAmount(cell) !== undefined || /^[-+]?inf(inity)?$/i.test(cell);
}
