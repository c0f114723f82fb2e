import { isTimeZone } from '../../../api/instant.ts';
import type { DateOrder, WrittenTime } from './written-time.ts';
import { parseExcelDays, parseWrittenTime } from './written-time.ts';
import { createZonedTime } from './zoned-time.ts';

/** The text of a time and its place. */
export interface TimeCell {
  readonly text: string;
  /** `file:line`. */
  readonly where: string;
}

/** What is said of times that do not tell themselves. */
export interface TimeOptions {
  readonly timeZone?: string | undefined;
  readonly dateOrder?: 'dmy' | 'mdy' | undefined;
  /** Name of the column, which may name a zone: `Time (UTC)`. */
  readonly column?: string | undefined;
}

/** How the times of a column are written. */
export interface TimeStyle {
  /** `dd.mm.yyyy`, `Excel's numbers of days`; undefined for ISO 8601 and seconds or milliseconds since 1970. */
  readonly form?: string;
  /** The zone that times without an offset are read in, and who named it; undefined when all have one. */
  readonly zone?: { readonly name: string; readonly from: 'option' | 'header' | 'default' };
  readonly order?: DateOrder;
  /** Parses a column's cells in their order to epoch ms, so that an hour that clocks show twice is told apart. */
  readonly readAll: (cells: readonly TimeCell[]) => readonly number[];
}

const usual = new Set(['yyyy-mm-dd', 'seconds', 'milliseconds']);

/**
 * Finds how the times of a column are written.
 *
 * @throws Error when a date such as 5/6/2026 leaves open which is the month; it names the option that tells
 */
export function judgeTimes(cells: readonly TimeCell[], options: TimeOptions): TimeStyle {
  const isExcel = cells.length > 0 && cells.every(({ text }) => parseExcelDays(text) !== undefined);
  const written = cells.map(({ text }) => (isExcel ? excelTime(text) : parseWrittenTime(text)));
  const order = orderOf(cells, written, options.dateOrder);
  const isLocal = written.some(
    each => each?.kind === 'Local' || (each?.kind === 'Unordered' && each.offset === undefined),
  );
  const zone = isLocal ? zoneOf(options) : undefined;
  const form = formOf(written, order);
  const at = createZonedTime(zone?.name ?? 'UTC');
  return {
    ...(form === undefined ? {} : { form }),
    ...(zone === undefined ? {} : { zone }),
    ...(order === undefined ? {} : { order }),
    readAll: all =>
      readInOrder(all, text => instantsOf(isExcel ? excelTime(text) : parseWrittenTime(text), order, at), zone),
  };
}

function excelTime(text: string): WrittenTime | undefined {
  const local = parseExcelDays(text);
  return local === undefined ? undefined : { kind: 'Local', local, form: "Excel's numbers of days" };
}

function zoneOf({ timeZone, column = '' }: TimeOptions): NonNullable<TimeStyle['zone']> {
  if (timeZone !== undefined) return { name: timeZone, from: 'option' };
  const names = column.match(/[A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?|(?<=[([])[A-Z]{3,4}(?=[)\]])/g);
  const named = names?.find(name => name !== 'GMT' && name !== 'UTC' && isTimeZone(name));
  if (named !== undefined) return { name: named, from: 'header' };
  return { name: 'UTC', from: /(?:^|[^a-z])(?:utc|gmt)(?:$|[^a-z])/i.test(column) ? 'header' : 'default' };
}

/** Finds the order of dates such as 27/11/2026 from one that has only one meaning. */
function orderOf(cells: readonly TimeCell[], written: readonly (WrittenTime | undefined)[], stated?: 'dmy' | 'mdy') {
  const open = written.flatMap((each, i) => (each?.kind === 'Unordered' ? [{ ...each, cell: cells[i] }] : []));
  const [one] = open;
  if (one === undefined) return undefined;
  if (stated !== undefined) return stated;
  const dayFirst = open.find(({ first }) => first > 12);
  const monthFirst = open.find(({ second }) => second > 12);
  if (dayFirst !== undefined && monthFirst !== undefined)
    throw new Error(
      `${monthFirst.cell?.where}: "${monthFirst.cell?.text}" has the month first and "${dayFirst.cell?.text}" the day: write one order`,
    );
  if (dayFirst === undefined && monthFirst === undefined)
    throw new Error(
      `${one.cell?.where}: "${one.cell?.text}" may have the day or the month first: say --date-order dmy or --date-order mdy`,
    );
  return dayFirst === undefined ? 'mdy' : 'dmy';
}

function formOf(written: readonly (WrittenTime | undefined)[], order: 'dmy' | 'mdy' | undefined): string | undefined {
  const open = written.find(each => each?.kind === 'Unordered');
  if (open?.kind === 'Unordered' && order !== undefined)
    return (order === 'dmy' ? ['dd', 'mm', 'yyyy'] : ['mm', 'dd', 'yyyy']).join(open.separator);
  const unusual = written.find(each => each !== undefined && each.kind !== 'Unordered' && !usual.has(each.form));
  return unusual === undefined || unusual.kind === 'Unordered' ? undefined : unusual.form;
}

/** The instants that a time may be; none when it is no time or clocks skip it; undefined when it is no time at all. */
function instantsOf(
  written: WrittenTime | undefined,
  order: 'dmy' | 'mdy' | undefined,
  at: (localMs: number) => readonly number[],
): readonly number[] | undefined {
  if (written === undefined) return undefined;
  if (written.kind === 'Instant') return [written.at];
  const local = written.kind === 'Local' ? written.local : order === undefined ? undefined : written.inOrder(order);
  if (local === undefined) return undefined;
  return written.kind === 'Unordered' && written.offset !== undefined ? [local - written.offset] : at(local);
}

/** Reads times in their order: of an hour that clocks show twice, the first time it comes is the earlier one. */
function readInOrder(
  cells: readonly TimeCell[],
  instants: (text: string) => readonly number[] | undefined,
  zone: TimeStyle['zone'],
): readonly number[] {
  const found = cells.map(({ text }) => instants(text));
  const known = found.flatMap(each => each?.[0] ?? []);
  const isAscending = (known[0] ?? 0) <= (known.at(-1) ?? 0);
  let before = isAscending ? -Infinity : Infinity;
  return cells.map(({ text, where }, i) => {
    const candidates = found[i];
    if (candidates === undefined) throw new Error(`${where}: "${text}" is no timestamp: ${expected(text)}`);
    const [earlier, later = earlier] = candidates;
    if (earlier === undefined || later === undefined)
      throw new Error(
        `${where}: clocks in ${zone?.name} skip "${text}": name the zone of these times with --time-zone, as UTC`,
      );
    const at = isAscending ? (earlier > before ? earlier : later) : later < before ? later : earlier;
    before = at;
    return at;
  });
}

function expected(text: string): string {
  const [zone] = /(?<= )[A-Z]{3,4}$/.exec(text) ?? [];
  if (zone !== undefined && parseWrittenTime(text.slice(0, -zone.length - 1)) !== undefined)
    return `${zone} means several zones: write an offset, or leave it out and say --time-zone`;
  return 'expected 2026-11-27T20:00:00+01:00, or seconds or milliseconds since 1970';
}
