import path from 'node:path';
import type { Series } from '../../../forecasts/index.ts';
import type { HistoryOptions } from './history/history-options.ts';
import type { NamedRows } from './history/history-rows.ts';
import { parseHistoryTable, type ReadTable } from './history/parse-history-table.ts';
import { isJson, parsePrometheusAnswer } from './history/prometheus-answer.ts';
import { readCounter } from './history/read-counter.ts';
import { seriesOfRows } from './history/series-of-rows.ts';
import { unitOfColumn } from './history/unit-of-column.ts';
import { parseTable } from './table/parse-table.ts';
import { readText } from './table/read-text.ts';

/** The ends of the names of files with histories. */
export const historyExtensions = ['.csv', '.csv.gz', '.tsv', '.tsv.gz', '.json', '.json.gz'];

/** One series of a file. */
export interface FileSeries {
  /** What its column or rows are called; the file's name when it holds one series. */
  readonly name: string;
  readonly series: Series;
}

/**
 * Reads the histories in a file: a table with a column of times and one of values, or a column for each service, or a
 * row for each time and service; or Prometheus's answer to a range query; packed by gzip or not. `tell` is called with
 * one note that says what was guessed, and with one for all that was corrected or left out.
 *
 * @throws Error naming file and line when a row is invalid, or the option that tells what it means
 */
export function readHistory(
  file: string,
  options: HistoryOptions = {},
  tell: (note: string) => void = () => undefined,
): readonly FileSeries[] {
  const { series, guesses } = readSeries(file, options, tell);
  if (guesses.length > 0) tell(`${file}: read as ${guesses.join(', ')}`);
  if (series.length === 0) throw new Error(`${file}: needs two rows of timestamp,value at least, has 0`);
  return series.map(({ name, rows, isCount }) => {
    const place = name === undefined || series.length === 1 ? file : `${file} (${name})`;
    const read = seriesOfRows(place, rows, tell);
    return { name: name ?? historyName(file), series: isCount === true ? perSecond(read) : read };
  });
}

/** The name of a history: the file name without .csv, .tsv, .json and .gz. */
export function historyName(file: string): string {
  return path.basename(file).replace(/\.(?:csv|tsv|json)(?:\.gz)?$/, '');
}

function readSeries(file: string, options: HistoryOptions, tell: (note: string) => void): ReadTable {
  const { text, encoding } = readText(file);
  if (isJson(text)) return withUnits(parsePrometheusAnswer(file, text).filter(hasRows), options, tell);
  const { series, guesses } = parseHistoryTable(file, parseTable(file, text), options, tell);
  return { series, guesses: encoding === undefined ? guesses : [encoding, ...guesses] };
}

/** Takes the unit of values from the option, or from the name of their metric. */
function withUnits(answers: readonly NamedRows[], options: HistoryOptions, tell: (note: string) => void): ReadTable {
  const guesses = new Set<string>();
  const series = answers.map(({ name, rows, column = '' }) => {
    const isWide = answers.length > 1;
    const unit = unitOfColumn({ column, where: rows[0]?.where ?? '', options, units: new Map(), isWide });
    const scaled = rows.map(row => ({ ...row, value: row.value === null ? null : row.value * unit.factor }));
    const read = readCounter(scaled, { column, unit: options.unit });
    if (read.guess === undefined) unit.doubts.forEach(tell);
    for (const guess of [...unit.guesses, ...(read.guess === undefined ? [] : [read.guess])]) guesses.add(guess);
    return { name, rows: read.rows, isCount: unit.isCount };
  });
  return { series, guesses: [...guesses] };
}

function hasRows({ rows }: NamedRows): boolean {
  return rows.length > 0;
}

/** Turns requests in each step into requests per second. */
function perSecond({ start, stepSeconds, values }: Series): Series {
  return { start, stepSeconds, values: values.map(value => (value === null ? null : value / stepSeconds)) };
}
