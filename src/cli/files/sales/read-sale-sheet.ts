import { isTimeZone } from '../../../api/instant.ts';
import { judgeNumberStyle, parseStyledNumber, splitAmount } from '../table/number-style.ts';
import { parseTable, type TableRow } from '../table/parse-table.ts';
import { readText } from '../table/read-text.ts';
import { judgeTimes, type TimeOptions, type TimeStyle } from '../table/read-times.ts';
import { isGap } from '../table/split-header.ts';
import { parseWrittenTime } from '../table/written-time.ts';
import { peakPercentOf, withoutTimes } from './peak-percent.ts';
import type { SheetField } from './sheet-columns.ts';
import { fieldsOf, isHeader, isSale, positions, type SheetFields, timeCellsOf } from './sheet-rows.ts';
import { type RowTimes, timesOf } from './sheet-times.ts';

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

/**
 * Reads a sheet of sales: a row for each, with the columns start and end (or date, from and to, or a duration), and
 * where there are any name, peak, discount, audience, stock, type and time zone, in English or German. Without a header
 * the columns are start, end and the peak as a ratio. Lines above the header, totals, headings and rows that repeat
 * another are left out. `tell` is called with a note that says what was guessed and left out.
 *
 * @throws Error naming file and line when a row is invalid, or the option that tells what it means
 */
export function readSaleSheet(file: string, options: TimeOptions, tell: (note: string) => void): readonly SheetSale[] {
  const { rows: all, delimiter } = parseTable(file, readText(file).text);
  const named = all.findIndex(
    row => isHeader(row) && (['start', 'date'] as const).some(each => fieldsOf(row).has(each)),
  );
  const rows = named === -1 ? all : all.slice(named);
  const [first] = rows;
  if (first === undefined) return [];
  const header = isHeader(first) ? first : undefined;
  const fields = header === undefined ? positions : fieldsOf(header);
  const body = (header === undefined ? rows : rows.slice(1)).filter(row => isSale(row));
  const columnOf = (field: SheetField) => header?.cells[fields.get(field)?.[0] ?? -1] ?? '';
  const times = body.map(row => timesOf(timeCellsOf(row, fields)));
  const style = judgeTimes(
    times.flatMap(({ from, until, where }) => [from, until].map(text => ({ text, where }))),
    { ...options, column: `${columnOf('start')} ${columnOf('date')}` },
  );
  tellGuesses({ file, style, header, fields, days: times.filter(({ isDay }) => isDay).length }, tell);
  const numbers = body.flatMap(({ cells }) =>
    cells.flatMap(cell => (splitAmount(cell)?.digits.match(/[.,]/) ? [splitAmount(cell)?.digits ?? ''] : [])),
  );
  const hints = { delimiter, isContinental: style.form === 'dd.mm.yyyy', isAmerican: style.order === 'mdy' };
  const found = judgeNumberStyle(numbers, hints);
  const decimal = 'decimal' in found ? found.decimal : delimiter === ';' ? 'comma' : 'point';
  const sales = body.map((row, i) => {
    const amount = (text: string) => parseStyledNumber(splitAmount(text)?.digits ?? '', decimal);
    return saleOf({
      row,
      fields,
      times: times[i] ?? { from: '', until: '', where: row.where, isClock: false, isDay: false },
      style,
      amount,
      peakColumn: columnOf('peak'),
      options,
    });
  });
  return withoutRepeats(sales, tell);
}

/** Leaves out the rows that say what another one says, and tells each. */
function withoutRepeats(sales: readonly SheetSale[], tell: (note: string) => void): readonly SheetSale[] {
  const seen = new Map<string, string>();
  return sales.filter(({ where, ...sale }) => {
    const text = JSON.stringify(sale);
    const before = seen.get(text);
    if (before === undefined) seen.set(text, where);
    else tell(`${where}: left out, since ${before} says the same`);
    return before === undefined;
  });
}

function saleOf(input: {
  readonly row: TableRow;
  readonly fields: SheetFields;
  readonly times: RowTimes;
  readonly style: TimeStyle;
  readonly amount: (text: string) => number;
  readonly peakColumn: string;
  readonly options: TimeOptions;
}): SheetSale {
  const { row, fields, times, style, amount, peakColumn } = input;
  const { where } = row;
  const cell = (field: SheetField) => row.cells[fields.get(field)?.[0] ?? -1] ?? '';
  const timeZone = cell('timeZone') === '' ? style.zone?.name : cell('timeZone');
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new Error(`${where}: "${timeZone}" is no zone: expected one as Europe/Berlin`);
  const read = (text: string) => {
    if (parseWrittenTime(text) === undefined && style.form !== "Excel's numbers of days")
      throw new Error(
        `${where}: "${text}" is no time: expected start,end[,peakRatio] with instants as 2026-11-27T20:00:00+01:00, or a header that names the columns`,
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
  const stated = times.isDay ? read(endOfDay(times.until)) + 1000 : read(times.until);
  const next = times.isClock && stated <= start ? stated + 86_400_000 : stated;
  const end = times.lengthMs === undefined ? next : start + times.lengthMs;
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
            value: amount(withoutTimes(cell('peak'))),
          }),
        }),
    ...whole('discount', 'discountPercent'),
    ...whole('audience', 'audience'),
    ...whole('stock', 'stock'),
    ...(cell('saleType') === '' ? {} : { saleType: cell('saleType') }),
    where,
  };
}

/** The last second of a day: Excel counts days in numbers. */
function endOfDay(day: string): string {
  return /^\d{5}$/.test(day) ? String(Number(day) + 86_399 / 86_400) : `${day} 23:59:59`;
}

function tellGuesses(
  input: {
    readonly file: string;
    readonly style: TimeStyle;
    readonly header: TableRow | undefined;
    readonly fields: SheetFields;
    /** Number of ends without a time. */
    readonly days: number;
  },
  tell: (note: string) => void,
): void {
  const { file, style, header, fields, days } = input;
  const used = new Set([...fields.values()].flat());
  const unused = (header?.cells ?? []).filter((name, column) => name !== '' && !used.has(column));
  const zone =
    style.zone?.from === 'default' ? 'UTC, for want of an offset (--time-zone names another zone)' : style.zone?.name;
  const whole = days > 0 ? 'ends without a time as the end of their day' : undefined;
  const guesses = [style.form, zone, whole, unused.length > 0 ? `without the columns ${unused.join(', ')}` : undefined];
  const told = guesses.filter(guess => guess !== undefined);
  if (told.length > 0) tell(`${file}: read as ${told.join(', ')}`);
}
