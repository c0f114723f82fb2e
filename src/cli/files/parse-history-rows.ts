import { type CsvLine, isLocalTime, parseTimestamp, readCsvLines } from './csv-lines.ts';
import { rateUnitOf } from './rate-unit.ts';

/** One measurement and its line. */
export interface HistoryRow {
  /** Epoch ms. */
  readonly at: number;
  /** Requests per second; null when nothing was measured. */
  readonly value: number | null;
  /** `file:line`. */
  readonly where: string;
}

const gap = /^(nan|null|none|n\/?a|-|)$/i;
/** Infinity as metric stores write it. */
const infinite = /^[-+]?inf(inity)?$/i;

/**
 * Parses the rows of a text with two columns, time and value, between commas, semicolons or tabs. Times are RFC 3339,
 * or seconds or milliseconds since 1970; times without an offset are read as UTC. Values are requests per second, or in
 * the unit that the header states, and then converted. `tell` is called with a note for times without an offset,
 * another unit, and implausible values.
 *
 * @throws Error naming file and line, when a row is invalid
 */
export function parseHistoryRows(file: string, text: string, tell: (note: string) => void): readonly HistoryRow[] {
  const { header, lines } = readCsvLines(file, text, isHeader);
  const factor = header === undefined ? 1 : factorOf(header, tell);
  const local = lines.find(({ cells }) => isLocalTime(cells[0] ?? ''));
  if (local !== undefined) tell(`${local.where}: times without an offset are taken for UTC`);
  const rows = lines.map(line => parseRow(line, factor));
  tellWild(rows, lines, tell);
  return rows;
}

function isHeader([time = '', amount = '']: readonly string[]): boolean {
  return Number.isNaN(parseTimestamp(time)) && (amount === '' || (!gap.test(amount) && Number.isNaN(Number(amount))));
}

/** The factor that converts values to requests per second, from the header; reports a doubtful unit to `tell`. */
function factorOf({ cells, where }: CsvLine, tell: (note: string) => void): number {
  const column = cells[1] ?? '';
  const unit = rateUnitOf(column);
  if (unit.kind === 'Count' || unit.kind === 'Other') {
    const doubt = unit.kind === 'Count' ? 'names no time' : 'is not requests over a time';
    tell(
      `${where}: the column "${column}" ${doubt} and is taken for requests per second: if it is not, name the unit, as requests_per_minute`,
    );
  }
  if (unit.kind !== 'Rate' || unit.factor === 1) return 1;
  const by = unit.factor < 1 ? `divided by ${round(1 / unit.factor)}` : `multiplied by ${round(unit.factor)}`;
  tell(`${where}: the column "${column}" is ${unit.words}: its values are ${by}`);
  return unit.factor;
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** Reports negative and infinite values, which demand cannot have, with the line of the first. */
function tellWild(rows: readonly HistoryRow[], lines: readonly CsvLine[], tell: (note: string) => void): void {
  const negative = rows.filter(({ value }) => value !== null && value < 0);
  const endless = lines.filter(({ cells }) => infinite.test(cells[1] ?? ''));
  const [low] = negative;
  const [high] = endless;
  if (low !== undefined)
    tell(`${low.where}: ${countOf(negative.length, 'negative value')} left out, because demand is never negative`);
  if (high !== undefined) tell(`${high.where}: ${countOf(endless.length, 'infinite value')} left out`);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function parseRow({ cells, text, where }: CsvLine, factor: number): HistoryRow {
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
  const value = gap.test(amount) || infinite.test(amount) ? null : factor * Number(amount);
  if (value !== null && !Number.isFinite(value))
    throw new Error(`${where}: "${amount}" is no number of requests per second`);
  return { at, value, where };
}
