import { type CsvLine, isLocalTime, parseTimestamp, readCsvLines } from './csv-lines.ts';

/** One measurement, and the line it stands in. */
export interface HistoryRow {
  /** Epoch ms. */
  readonly at: number;
  /** null where nothing was measured. */
  readonly value: number | null;
  /** `file:line`. */
  readonly where: string;
}

const gap = /^(nan|null|none|n\/?a|-|)$/i;

/**
 * The rows of a text with two columns, time and value, between commas, semicolons or tabs. Times are in RFC 3339, or in
 * seconds or milliseconds since 1970; without an offset they are taken for UTC, and `tell` is told. A header is skipped.
 *
 * @throws Error naming file and line, when a row is not that
 */
export function parseHistoryRows(file: string, text: string, tell: (note: string) => void): readonly HistoryRow[] {
  const lines = readCsvLines(file, text, isHeader);
  const local = lines.find(({ cells }) => isLocalTime(cells[0] ?? ''));
  if (local !== undefined) tell(`${local.where}: times without an offset are taken for UTC`);
  return lines.map(parseRow);
}

function isHeader([time = '', amount = '']: readonly string[]): boolean {
  return Number.isNaN(parseTimestamp(time)) && (amount === '' || (!gap.test(amount) && Number.isNaN(Number(amount))));
}

function parseRow({ cells, text, where }: CsvLine): HistoryRow {
  const [time = '', amount = ''] = cells;
  if (cells.length !== 2) {
    const count = cells.length === 1 ? 'one column' : `${cells.length} columns`;
    throw new Error(`${where}: expected timestamp,value, got ${count} in "${text}"`);
  }
  const at = parseTimestamp(time);
  if (Number.isNaN(at))
    throw new Error(
      `${where}: "${time}" is no timestamp: expected 2026-11-27T20:00:00+01:00, or seconds or milliseconds since 1970`,
    );
  const value = gap.test(amount) ? null : Number(amount);
  if (value !== null && !Number.isFinite(value))
    throw new Error(`${where}: "${amount}" is no number of requests a second`);
  return { at, value, where };
}
