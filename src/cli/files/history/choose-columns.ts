import { splitAmount } from '../table/number-style.ts';
import type { TableRow } from '../table/parse-table.ts';
import { type HeadedTable, isGap } from '../table/split-header.ts';
import { parseExcelDays, parseWrittenTime } from '../table/written-time.ts';
import type { HistoryOptions } from './history-options.ts';

/** The columns of a history by their numbers from 0. */
export interface HistoryColumns {
  readonly time: number;
  /** The column with the time of day, when the date stands alone. */
  readonly clock?: number;
  /** Columns of numbers, each a series. */
  readonly values: readonly number[];
  /** Columns of texts that tell series apart, such as the service of each row. */
  readonly labels: readonly number[];
  /** Whether other columns could have held the times. */
  readonly isTimeGuessed: boolean;
}

interface Profile {
  readonly name: string;
  /** Shares (0–1) of the cells that are times, numbers or gaps, and empty. */
  readonly times: number;
  readonly amounts: number;
  readonly gaps: number;
  readonly clocks: number;
  /** Whether it numbers the rows. */
  readonly isCount: boolean;
  readonly distinct: number;
}

const sampleRows = 2000;
const timeNames = /^_?(?:time|timestamp|date ?time|datum|date|ts|zeit|zeitpunkt|zeitstempel|bucket)(?:$|[^a-z])/i;
const clockTime = /^\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?: Uhr)?$/i;
/** Columns of InfluxDB that count its tables, and name nothing. */
const bookkeeping = new Set(['table', 'result', '_span', '_spandays']);

/**
 * Chooses which columns of a table are times, values, and labels: as the options name them, else by what stands in
 * their cells.
 *
 * @throws Error when an option names a column that is not there
 */
export function chooseColumns(file: string, table: HeadedTable, options: HistoryOptions): HistoryColumns {
  const profiles = profilesOf(table);
  const named = (option: string, name: string | undefined) =>
    name === undefined ? undefined : columnOf(file, profiles, option, name);
  const asked = named('--time-column', options.timeColumn);
  const candidates = profiles.flatMap(({ times }, column) => (times > 0.5 ? [column] : []));
  const time = asked ?? likelyTime(profiles, candidates, table.rows);
  const clock = profiles.findIndex(({ clocks }, column) => column !== time && clocks > 0.9);
  const others = profiles.map((_, column) => column).filter(column => column !== time && column !== clock);
  const value = named('--value-column', options.valueColumn);
  const numbers = others.filter(column => isValue(profiles[column], candidates.includes(column)));
  const labels = others.filter(column => isLabel(profiles[column], table.rows.length));
  const fallback = others.slice(-1).filter(column => !labels.includes(column) || numbers.length === 0);
  return {
    time,
    ...(clock === -1 ? {} : { clock }),
    values: value === undefined ? (numbers.length === 0 ? fallback : numbers) : [value],
    labels: labels.filter(column => column !== value && (numbers.length > 0 || value !== undefined)),
    isTimeGuessed: asked === undefined && candidates.length > 1,
  };
}

function likelyTime(profiles: readonly Profile[], candidates: readonly number[], rows: readonly TableRow[]): number {
  const byName = candidates.find(column => timeNames.test(profiles[column]?.name ?? ''));
  const excel = profiles.findIndex(({ name }, column) => {
    return (
      (column === 0 || timeNames.test(name)) &&
      rows.every(({ cells }) => parseExcelDays(cells[column] ?? '') !== undefined)
    );
  });
  return byName ?? candidates[0] ?? Math.max(0, excel);
}

/** A column of numbers that are not times, do not number the rows, and are not InfluxDB's or Splunk's own. */
function isValue(profile: Profile | undefined, isTime: boolean): boolean {
  if (profile === undefined || isTime || bookkeeping.has(profile.name)) return false;
  const { name, amounts, gaps, isCount } = profile;
  return amounts > 0.5 && gaps < 1 && !(isCount && /^(?:|index|id|nr\.?|no\.?|row)$/i.test(name));
}

/** A column of texts of which each stands in several rows. */
function isLabel(profile: Profile | undefined, rows: number): boolean {
  if (profile === undefined || bookkeeping.has(profile.name)) return false;
  return profile.amounts <= 0.5 && profile.times === 0 && profile.distinct > 1 && profile.distinct <= rows / 2;
}

function profilesOf({ header, rows }: HeadedTable): readonly Profile[] {
  const every = Math.max(1, Math.floor(rows.length / sampleRows));
  const sample = rows.filter((_, i) => i % every === 0);
  const width = Math.max(header?.cells.length ?? 0, ...sample.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, column) => {
    const cells = sample.map(row => row.cells[column] ?? '');
    const share = (is: (cell: string) => boolean) => cells.filter(is).length / Math.max(1, cells.length);
    return {
      name: header?.cells[column] ?? '',
      times: share(cell => parseWrittenTime(cell) !== undefined),
      amounts: share(cell => isGap(cell) || splitAmount(cell) !== undefined || /^[-+]?inf(inity)?$/i.test(cell)),
      gaps: share(isGap),
      clocks: share(cell => clockTime.test(cell)),
      isCount: header !== undefined && column === 0 && isRowNumber(rows.map(({ cells: all }) => all[0] ?? '')),
      distinct: new Set(rows.map(row => row.cells[column])).size,
    };
  });
}

function isRowNumber(cells: readonly string[]): boolean {
  const first = Number(cells[0]);
  return first <= 1 && cells.every((cell, i) => cell !== '' && Number(cell) - first === i);
}

function columnOf(file: string, profiles: readonly Profile[], option: string, asked: string): number {
  const exact = profiles.findIndex(({ name }) => name === asked);
  if (exact !== -1) return exact;
  const alike = profiles.findIndex(({ name }) => name.toLowerCase() === asked.toLowerCase());
  if (alike !== -1) return alike;
  const number = Number(asked);
  if (Number.isInteger(number) && number >= 1 && number <= profiles.length) return number - 1;
  const names = profiles.map(({ name }, column) => (name === '' ? `${column + 1}` : name)).join(', ');
  throw new Error(`${file} has no column ${asked} for ${option}: it has ${names}`);
}
