import { isInstant, parseInstant } from '../../api/instant.ts';

/** A line that is neither empty nor a comment, and its place. */
export interface CsvLine {
  /** The texts between commas, semicolons or tabs, without blanks and quotes. */
  readonly cells: readonly string[];
  readonly text: string;
  /** `file:line`. */
  readonly where: string;
}

const localTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;

/** The lines of a text, with the header separate. */
export interface CsvText {
  readonly header?: CsvLine;
  readonly lines: readonly CsvLine[];
}

/**
 * Reads the lines of a text except empty ones and comments (#). The first line is the header when `isHeader` accepts
 * it. A byte order mark and any kind of line end are accepted.
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

/** Tells whether a time has neither offset nor zone, so that it is read as UTC. */
export function isLocalTime(time: string): boolean {
  return localTime.test(time);
}

/** Parses RFC 3339, a time without an offset (UTC), or seconds or milliseconds since 1970; returns epoch ms, or NaN. */
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
