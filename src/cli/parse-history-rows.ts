import { isInstant, parseInstant } from '../api/instant.ts';

/** One measurement, and the line it stands in. */
export interface HistoryRow {
  /** Epoch ms. */
  readonly at: number;
  /** null where nothing was measured. */
  readonly value: number | null;
  /** `file:line`. */
  readonly where: string;
}

const localTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;
const gap = /^(nan|null|none|n\/?a|-|)$/i;

/**
 * The rows of a text with two columns, time and value, between commas, semicolons or tabs. Times are in RFC 3339, or in
 * seconds or milliseconds since 1970; without an offset they are taken for UTC, and `tell` is told. Empty lines, lines that
 * begin with # and a header are skipped.
 *
 * @throws Error naming file and line, when a row is not that
 */
export function parseHistoryRows(file: string, text: string, tell: (note: string) => void): readonly HistoryRow[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line: line.trim(), where: `${file}:${index + 1}` }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const [first] = lines;
  const rows = first !== undefined && isHeader(first.line) ? lines.slice(1) : lines;
  const local = rows.find(({ line }) => localTime.test(cellsOf(line)[0] ?? ''));
  if (local !== undefined) tell(`${local.where}: times without an offset are taken for UTC`);
  return rows.map(parseRow);
}

function isHeader(line: string): boolean {
  const [time = '', amount = ''] = cellsOf(line);
  return Number.isNaN(parseTime(time)) && (amount === '' || (!gap.test(amount) && Number.isNaN(Number(amount))));
}

function parseRow({ line, where }: { readonly line: string; readonly where: string }): HistoryRow {
  const [time = '', amount = '', ...more] = cellsOf(line);
  if (more.length > 0 || !/[,;\t]/.test(line))
    throw new Error(
      `${where}: expected timestamp,value, got ${more.length > 0 ? 'more than two columns' : 'one column'} in "${line}"`,
    );
  const at = parseTime(time);
  if (Number.isNaN(at))
    throw new Error(
      `${where}: "${time}" is no timestamp: expected 2026-11-27T20:00:00+01:00, or seconds or milliseconds since 1970`,
    );
  const value = gap.test(amount) ? null : Number(amount);
  if (value !== null && !Number.isFinite(value))
    throw new Error(`${where}: "${amount}" is no number of requests a second`);
  return { at, value, where };
}

function cellsOf(line: string): readonly string[] {
  return line.split(/[,;\t]/).map(cell =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

/** Epoch ms; NaN where it is no time. */
function parseTime(time: string): number {
  if (/^\d{9,11}(\.\d+)?$/.test(time)) return Math.round(Number(time) * 1000);
  if (/^\d{12,14}$/.test(time)) return Number(time);
  if (isInstant(time)) return parseInstant(time);
  if (!localTime.test(time)) return Number.NaN;
  const [day = '', clock = '00:00'] = time.split(/[T ]/);
  const instant = `${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`;
  return isInstant(instant) ? parseInstant(instant) : Number.NaN;
}
