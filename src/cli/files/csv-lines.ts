import { isInstant, parseInstant } from '../../api/instant.ts';

/** A line that says something, and where it stands. */
export interface CsvLine {
  /** Between commas, semicolons or tabs, without blanks and quotes. */
  readonly cells: readonly string[];
  readonly text: string;
  /** `file:line`. */
  readonly where: string;
}

const localTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;

/** A text in lines, its header apart. */
export interface CsvText {
  readonly header?: CsvLine;
  readonly lines: readonly CsvLine[];
}

/**
 * The lines of a text but for empty ones and comments (#); the header is a first line that `isHeader` takes for one. A byte
 * order mark and any kind of line end are fine.
 */
export function readCsvLines(file: string, text: string, isHeader: (cells: readonly string[]) => boolean): CsvText {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ text: line.trim(), where: `${file}:${index + 1}` }))
    .filter(line => line.text !== '' && !line.text.startsWith('#'))
    .map(line => ({ ...line, cells: cellsOf(line.text) }));
  const [header, ...rest] = lines;
  return header !== undefined && isHeader(header.cells) ? { header, lines: rest } : { lines };
}

/** Whether a time has neither offset nor zone: it is taken for UTC. */
export function isLocalTime(time: string): boolean {
  return localTime.test(time);
}

/** Epoch ms of RFC 3339, of a time without an offset in UTC, or of seconds or milliseconds since 1970; NaN where it is none. */
export function parseTimestamp(time: string): number {
  if (/^\d{9,11}(\.\d+)?$/.test(time)) return Math.round(Number(time) * 1000);
  if (/^\d{12,14}$/.test(time)) return Number(time);
  if (isInstant(time)) return parseInstant(time);
  if (!localTime.test(time)) return Number.NaN;
  const [day = '', clock = '00:00'] = time.split(/[T ]/);
  const instant = `${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`;
  return isInstant(instant) ? parseInstant(instant) : Number.NaN;
}

function cellsOf(line: string): readonly string[] {
  return line.split(/[,;\t]/).map(cell =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
