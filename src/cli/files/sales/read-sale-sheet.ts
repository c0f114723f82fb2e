import { isTimeZone } from '../../../api/instant.ts';
import { judgeNumberStyle, parseStyledNumber, splitAmount } from '../table/number-style.ts';
import { parseTable, type TableRow } from '../table/parse-table.ts';
import { readText } from '../table/read-text.ts';
import { judgeTimes, type TimeOptions, type TimeStyle } from '../table/read-times.ts';
import { isGap } from '../table/split-header.ts';
import { parseWrittenTime } from '../table/written-time.ts';
import { peakPercentOf } from './peak-percent.ts';
import { fieldOfHeader, type SheetField } from './sheet-columns.ts';

/** A sale as a row of a sheet states it. */
export interface SheetSale {
  readonly name?: string;
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms. */
  readonly end: number;
  /** Zone in which the sheet writes its times; undefined when each has an offset. */
  readonly timeZone?: string;
  readonly expectedPeakPercent?: number;
  readonly discountPercent?: number;
  readonly audience?: number;
  readonly stock?: number;
  readonly saleType?: string;
  /** `file:line`. */
  readonly where: string;
}

type Fields = ReadonlyMap<SheetField, number>;

const positions: Fields = new Map([
  ['start', 0],
  ['end', 1],
  ['peak', 2],
]);

/**
 * Reads a sheet of sales: a row for each, with the columns start and end (or date, from and to), and where there are
 * any name, peak, discount, audience, stock, type and time zone, in English or German. Without a header the columns are
 * start, end and the peak as a ratio. `tell` is called with a note that says what was guessed and left out.
 *
 * @throws Error naming file and line when a row is invalid, or the option that tells what it means
 */
export function readSaleSheet(file: string, options: TimeOptions, tell: (note: string) => void): readonly SheetSale[] {
  const { rows, delimiter } = parseTable(file, readText(file).text);
  const [first] = rows;
  if (first === undefined) return [];
  const isHeader = first.cells.every(cell => parseWrittenTime(cell) === undefined && !/^\d/.test(cell));
  const fields = isHeader ? fieldsOf(first) : positions;
  const body = (isHeader ? rows.slice(1) : rows).filter(({ cells }) => cells.some(cell => !isGap(cell)));
  const columnOf = (field: SheetField) => (isHeader ? (first.cells[fields.get(field) ?? -1] ?? '') : '');
  const times = body.map(row => timesOf(row, fields));
  const style = judgeTimes(
    times.flatMap(({ from, until, where }) => [from, until].map(text => ({ text, where }))),
    { ...options, column: `${columnOf('start')} ${columnOf('date')}` },
  );
  tellGuesses({ file, style, header: isHeader ? first : undefined, fields }, tell);
  const numbers = body.flatMap(({ cells }) =>
    cells.flatMap(cell => (splitAmount(cell)?.digits.match(/[.,]/) ? [splitAmount(cell)?.digits ?? ''] : [])),
  );
  const hints = { delimiter, isContinental: style.form === 'dd.mm.yyyy', isAmerican: style.order === 'mdy' };
  const found = judgeNumberStyle(numbers, hints);
  const decimal = 'decimal' in found ? found.decimal : delimiter === ';' ? 'comma' : 'point';
  return body.map((row, i) => {
    const amount = (text: string) => parseStyledNumber(splitAmount(text)?.digits ?? '', decimal);
    return saleOf({
      row,
      fields,
      times: times[i] ?? { from: '', until: '', where: row.where, isClock: false },
      style,
      amount,
      peakColumn: columnOf('peak'),
      options,
    });
  });
}

interface RowTimes {
  readonly from: string;
  readonly until: string;
  readonly where: string;
  /** Whether the end is a time of the start's day, so that an earlier one means the next day. */
  readonly isClock: boolean;
}

function fieldsOf({ cells }: TableRow): Fields {
  const found = new Map<SheetField, number>();
  cells.forEach((cell, column) => {
    const field = fieldOfHeader(cell);
    if (field !== undefined && !found.has(field)) found.set(field, column);
  });
  return found;
}

function timesOf({ cells, where }: TableRow, fields: Fields): RowTimes {
  const cell = (field: SheetField) => cells[fields.get(field) ?? -1] ?? '';
  const date = cell('date');
  const isClock = (text: string) => /^\d{1,2}:\d{2}/.test(text);
  const from = isClock(cell('start')) ? `${date} ${cell('start')}` : cell('start');
  const until = isClock(cell('end'))
    ? `${date === '' ? from.replace(/[T ,]+\d{1,2}:.*$/, '') : date} ${cell('end')}`
    : cell('end');
  return { from, until, where, isClock: isClock(cell('end')) };
}

function saleOf(input: {
  readonly row: TableRow;
  readonly fields: Fields;
  readonly times: RowTimes;
  readonly style: TimeStyle;
  readonly amount: (text: string) => number;
  readonly peakColumn: string;
  readonly options: TimeOptions;
}): SheetSale {
  const { row, fields, times, style, amount, peakColumn } = input;
  const { where } = row;
  const cell = (field: SheetField) => row.cells[fields.get(field) ?? -1] ?? '';
  const timeZone = cell('timeZone') === '' ? style.zone?.name : cell('timeZone');
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new Error(`${where}: "${timeZone}" is no zone: expected one as Europe/Berlin`);
  const read = (text: string) => {
    if (parseWrittenTime(text) === undefined && style.form !== "Excel's numbers of days")
      throw new Error(
        `${where}: expected start,end[,peakRatio] with instants as 2026-11-27T20:00:00+01:00, got "${row.cells.join(',')}"`,
      );
    const own =
      cell('timeZone') === ''
        ? style
        : judgeTimes([{ text, where }], {
            ...input.options,
            dateOrder: style.order === 'ymd' ? undefined : style.order,
            timeZone,
          });
    return own.readAll([{ text, where }])[0] ?? Number.NaN;
  };
  const start = read(times.from);
  const stated = read(times.until);
  const end = times.isClock && stated <= start ? stated + 86_400_000 : stated;
  if (end <= start) throw new Error(`${where}: the event ends before it starts`);
  const whole = (field: SheetField, name: string) => {
    if (isGap(cell(field))) return {};
    const digits = splitAmount(cell(field))?.digits ?? '';
    // A whole number has no fraction, so three digits behind a sign are thousands in any language.
    const value = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(digits) ? Number(digits.replace(/[.,]/g, '')) : amount(digits);
    if (!Number.isInteger(value) || value < 0)
      throw new Error(`${where}: "${cell(field)}" is no whole number for ${field}`);
    return { [name]: value };
  };
  return {
    ...(cell('name') === '' ? {} : { name: cell('name') }),
    start,
    end,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(isGap(cell('peak'))
      ? {}
      : {
          expectedPeakPercent: peakPercentOf({
            text: cell('peak'),
            column: peakColumn,
            where,
            value: amount(cell('peak')),
          }),
        }),
    ...whole('discount', 'discountPercent'),
    ...whole('audience', 'audience'),
    ...whole('stock', 'stock'),
    ...(cell('saleType') === '' ? {} : { saleType: cell('saleType') }),
    where,
  };
}

function tellGuesses(
  input: {
    readonly file: string;
    readonly style: TimeStyle;
    readonly header: TableRow | undefined;
    readonly fields: Fields;
  },
  tell: (note: string) => void,
): void {
  const { file, style, header, fields } = input;
  const used = new Set(fields.values());
  const unused = (header?.cells ?? []).filter((name, column) => name !== '' && !used.has(column));
  const zone =
    style.zone?.from === 'default' ? 'UTC, for want of an offset (--time-zone names another zone)' : style.zone?.name;
  const guesses = [style.form, zone, unused.length > 0 ? `without the columns ${unused.join(', ')}` : undefined];
  const told = guesses.filter(guess => guess !== undefined);
  if (told.length > 0) tell(`${file}: read as ${told.join(', ')}`);
}
