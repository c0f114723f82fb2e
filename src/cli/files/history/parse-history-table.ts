import type { Table, TableRow } from '../table/parse-table.ts';
import { judgeTimes } from '../table/read-times.ts';
import { type HeadedTable, splitHeader } from '../table/split-header.ts';
import { chooseColumns, type HistoryColumns } from './choose-columns.ts';
import type { HistoryOptions } from './history-options.ts';
import { type HistoryRow, type NamedRows, tellWild } from './history-rows.ts';
import { type Amounts, readAmounts } from './read-amounts.ts';
import { readCounter } from './read-counter.ts';
import { unitOfColumn } from './unit-of-column.ts';

/** The series of a table, and what was guessed to read them. */
export interface ReadTable {
  readonly series: readonly NamedRows[];
  /** Phrases such as `dd.mm.yyyy` and `decimal comma`; none when nothing was guessed. */
  readonly guesses: readonly string[];
}

/**
 * Parses a table of times and values: one column of values, or a column for each service, or a row for each time and
 * service. `tell` is called with a note for a doubtful unit and for values that demand cannot have.
 *
 * @throws Error naming file and line when a row is invalid, or the option that tells what it means
 */
export function parseHistoryTable(
  file: string,
  table: Table,
  options: HistoryOptions,
  tell: (note: string) => void,
): ReadTable {
  const headed = splitHeader(table.rows);
  const { rows } = headed;
  if (rows.length === 0) return { series: [], guesses: [] };
  const columns = chooseColumns(file, headed, options);
  refuseRagged(rows, headed, columns);
  refuseUnnamed(file, headed, columns, options);
  const nameOf = (column: number) => headed.header?.cells[column] ?? '';
  const timeOf = (row: TableRow) => ({ text: timeText(row, columns), where: row.where });
  const style = judgeTimes(rows.map(timeOf), { ...options, column: nameOf(columns.time) });
  const hints = {
    delimiter: table.delimiter,
    isContinental: style.form === 'dd.mm.yyyy',
    isAmerican: style.order === 'mdy' || style.form === 'month dd, yyyy',
  };
  const groups = [...Map.groupBy(rows, ({ cells }) => columns.labels.map(label => cells[label] ?? '').join(' '))];
  const timed = groups.map(([label, group]) => ({ label, group, times: style.readAll(group.map(timeOf)) }));
  const guesses = [
    ...(headed.leftOut > 0
      ? [`${headed.leftOut} line${headed.leftOut === 1 ? '' : 's'} above the header left out`]
      : []),
    ...((headed.totals ?? 0) > 0
      ? [`${headed.totals} line${headed.totals === 1 ? '' : 's'} of totals at the end left out`]
      : []),
    ...(columns.isTimeGuessed ? [`times in "${nameOf(columns.time)}"`] : []),
    ...(style.form === undefined ? [] : [style.form]),
    ...(style.zone === undefined ? [] : [describeZone(style.zone)]),
  ];
  const told = new Set<string>();
  const series = columns.values.flatMap(column => {
    const cells = rows.map(({ cells: all, where }) => ({ text: all[column] ?? '', where }));
    const amounts = readAmounts(cells, hints, options.decimal);
    const unit = unitOfColumn({
      column: nameOf(column),
      where: headed.header?.where ?? file,
      options,
      units: amounts.units,
      isWide: columns.values.length > 1,
    });
    for (const guess of [...describeNumbers(amounts, options), ...unit.guesses]) told.add(guess);
    const byPlace = new Map(rows.map((row, i) => [row, amounts.amounts[i] ?? { value: null }]));
    const read = timed.map(({ label, group, times }) => {
      const own = group.map((row, i): HistoryRow => {
        const { value, factor, isInfinite } = byPlace.get(row) ?? { value: null };
        const perSecond = value === null ? null : value * (factor ?? unit.factor);
        return { at: times[i] ?? 0, value: perSecond, where: row.where, isInfinite: isInfinite === true };
      });
      tellWild(own, tell);
      const counted = readCounter(own, { column: nameOf(column), unit: options.unit });
      return { name: seriesName(label, nameOf(column), columns), isCount: unit.isCount, ...counted };
    });
    const counters = read.flatMap(({ guess }) => guess ?? []);
    for (const guess of counters) told.add(guess);
    if (counters.length === 0) unit.doubts.forEach(tell);
    return read;
  });
  return { series, guesses: [...guesses, ...told] };
}

function timeText({ cells }: TableRow, { time, clock }: HistoryColumns): string {
  const date = cells[time] ?? '';
  if (clock === undefined) return date;
  // A spreadsheet with a column for the time of day writes midnight into the column of the date.
  return `${date.replace(/[ T]0?0:00(:00)?$/, '')} ${cells[clock] ?? ''}`;
}

function seriesName(label: string, column: string, { values, labels }: HistoryColumns): string | undefined {
  const parts = [...(labels.length > 0 ? [label] : []), ...(values.length > 1 ? [column] : [])];
  return parts.length === 0 ? undefined : parts.join(' ');
}

function describeZone({ name, from }: { readonly name: string; readonly from: string }): string {
  return from === 'default' ? 'UTC, for want of an offset (--time-zone names another zone)' : name;
}

function describeNumbers({ decimal, grouped }: Amounts, options: HistoryOptions): readonly string[] {
  if (options.decimal !== undefined) return [];
  const thousands = grouped ? [decimal === 'comma' ? 'thousands as 1.000' : 'thousands as 1,000'] : [];
  return decimal === 'comma' ? ['decimal comma', ...thousands] : thousands;
}

/** Refuses rows with another number of cells than the columns, as a decimal comma between commas makes. */
function refuseRagged(rows: readonly TableRow[], { header }: HeadedTable, { time }: HistoryColumns): void {
  const width = header?.cells.length ?? rows[0]?.cells.length ?? 0;
  const ragged = rows.find(({ cells }) => cells.length !== width || cells.length < 2 || cells.length <= time);
  if (ragged === undefined) return;
  const { cells, where } = ragged;
  const count = cells.length === 1 ? 'one column' : `${cells.length} columns`;
  const wanted = width > 2 ? `${width} columns` : 'timestamp,value';
  throw new Error(`${where}: expected ${wanted}, got ${count} in "${cells.join(',')}"`);
}

function refuseUnnamed(
  file: string,
  { header }: HeadedTable,
  { values }: HistoryColumns,
  options: HistoryOptions,
): void {
  if (header !== undefined || values.length < 2 || options.valueColumn !== undefined) return;
  const numbers = values.map(column => column + 1).join(' and ');
  throw new Error(
    `${file} has numbers in columns ${numbers} and no header: name one with --value-column, or write decimals with a point`,
  );
}
