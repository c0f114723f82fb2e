import type { TableRow } from '../table/parse-table.ts';
import { isGap, isTotal } from '../table/split-header.ts';
import { parseWrittenTime } from '../table/written-time.ts';
import { fieldOfHeader, type SheetField } from './sheet-columns.ts';
import type { TimeCells } from './sheet-times.ts';

/** The columns of each field; a day and its time of day may stand in two. */
export type SheetFields = ReadonlyMap<SheetField, readonly number[]>;

/** The fields of a sheet without a header. */
export const positions: SheetFields = new Map([
  ['start', [0]],
  ['end', [1]],
  ['peak', [2]],
]);

/** Whether a row names columns: no cell of it is a time or a number. */
export function isHeader({ cells }: TableRow): boolean {
  return cells.every(cell => parseWrittenTime(cell) === undefined && !/^\d/.test(cell));
}

/** Whether a row may be a sale: it is not blank, no total, and no heading or note of one cell. */
export function isSale(row: TableRow): boolean {
  return row.cells.filter(cell => !isGap(cell)).length > 1 && !isTotal(row);
}

/** Fields that a day and a time of day may state in two columns. */
const mayBeTwo: ReadonlySet<SheetField> = new Set(['start', 'end']);

/** Finds which column states which field. */
export function fieldsOf({ cells }: TableRow): SheetFields {
  const found = new Map<SheetField, readonly number[]>();
  cells.forEach((cell, column) => {
    const field = fieldOfHeader(cell);
    if (field === undefined) return;
    const known = found.get(field) ?? [];
    if (known.length === 0 || (mayBeTwo.has(field) && known.length === 1)) found.set(field, [...known, column]);
  });
  return found;
}

/** The cells of a row that say when its sale is. */
export function timeCellsOf({ cells, where }: TableRow, fields: SheetFields): TimeCells {
  const all = (field: SheetField) =>
    (fields.get(field) ?? []).map(column => cells[column] ?? '').filter(cell => !isGap(cell));
  const [date = ''] = all('date');
  const [clock = ''] = all('clock');
  const [duration = ''] = all('duration');
  return { date, clock, duration, start: all('start'), end: all('end'), where };
}
