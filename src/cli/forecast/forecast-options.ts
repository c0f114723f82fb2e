import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { Event } from '../../../forecasts/index.ts';
import type { FlashSaleSpec } from '../../api/flash-sale.ts';
import { formatInstant, isInstant, parseInstant } from '../../api/instant.ts';
import { salePlanName } from '../../api/sale-plan.ts';
import { lengthMs } from '../../api/series/recurring-sale.ts';
import { datesWithin } from '../../recurrence/list-dates.ts';
import { isRecurring } from '../../recurrence/series-dates.ts';
import type { NamedHistory } from '../../review/backtest/judge-history.ts';
import { parseTimestamp, readCsvLines } from '../files/csv-lines.ts';
import { listFiles } from '../files/list-files.ts';
import { historyName, readHistory } from '../files/read-history.ts';
import { readSales } from '../files/read-sales.ts';

/**
 * Reads the `timestamp,value` file at `place`, or every .csv and .csv.gz of the folder. Corrections are reported on
 * standard error.
 * @throws Error naming file and line
 */
export function readHistories(place: string): readonly NamedHistory[] {
  const files = listFiles(place, ['.csv', '.csv.gz']);
  if (files.length === 0) throw new Error(`${place} has no .csv or .csv.gz file`);
  return files.map(file => {
    const notes: string[] = [];
    const history = readHistory(file, note => notes.push(note));
    for (const note of notes) process.stderr.write(`headstart: ${note}\n`);
    return { name: historyName(file), history, notes };
  });
}

/**
 * Reads sales from YAML (FlashSales; of a recurring one the dates in `span`) or from a CSV with the lines
 * `start,end[,peakRatio]`, with times as in a history. A header is skipped; when it calls the third column a percentage,
 * 800 means eight times.
 *
 * @throws Error naming file and line
 */
export function readEvents(file: string, span: Span): readonly Event[] {
  return file.endsWith('.csv') ? readEventRows(file) : readSaleEvents(file, span);
}

/** A span of time, in epoch ms. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** Returns the span of some histories, and `horizonMs` after the last of them. */
export function forecastSpan(histories: readonly NamedHistory[], horizonMs: number): Span {
  const ends = histories.map(({ history }) => history.start + history.values.length * history.stepSeconds * 1000);
  return { from: Math.min(...histories.map(({ history }) => history.start)), until: Math.max(...ends) + horizonMs };
}

function readSaleEvents(file: string, span: Span): readonly Event[] {
  return readSales([file]).flatMap(({ sale: { metadata, spec } }) => {
    const starts = startsIn(spec, span, file);
    return starts.map(start => ({
      id: starts.length === 1 ? metadata.name : salePlanName(metadata.name, start),
      start,
      end: start + lengthMs(spec),
      ...(spec.expectedPeakPercent === undefined ? {} : { statedPeakRatio: spec.expectedPeakPercent / 100 }),
      features: {
        ...(spec.discountPercent === undefined ? {} : { discountPercent: spec.discountPercent }),
        ...(spec.audience === undefined ? {} : { audience: spec.audience }),
        ...(spec.saleType === undefined ? {} : { saleType: spec.saleType }),
      },
    }));
  });
}

function startsIn(spec: FlashSaleSpec, { from, until }: Span, file: string): readonly number[] {
  if (!isRecurring(spec)) return [parseInstant(spec.startTime)];
  try {
    return datesWithin(spec, from, until).starts;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error(`${file}: spec.recurrence.rule ${spec.recurrence.rule} ${error.message}`, { cause: error });
  }
}

function readEventRows(file: string): readonly Event[] {
  const isHeader = ([start = '']: readonly string[]) => Number.isNaN(parseTimestamp(start));
  const { header, lines } = readCsvLines(file, readFileSync(file, 'utf8'), isHeader);
  const isPercent = /percent|pct|%/i.test(header?.cells[2] ?? '');
  if (isPercent)
    process.stderr.write(`headstart: ${header?.where}: the column "${header?.cells[2]}" is divided by 100\n`);
  return lines.map(({ cells, text, where }) => {
    const [from = '', until = '', ratio] = cells;
    const [start, end] = [parseTimestamp(from), parseTimestamp(until)];
    if (Number.isNaN(start) || Number.isNaN(end))
      throw new Error(
        `${where}: expected start,end[,peakRatio] with instants as 2026-11-27T20:00:00+01:00, got "${text}"`,
      );
    const event = { id: formatInstant(start), start, end, features: {} };
    if (event.end <= event.start) throw new Error(`${where}: the event ends before it starts`);
    if (ratio === undefined || ratio === '') return event;
    if (!(Number(ratio) > 0)) throw new Error(`${where}: "${ratio}" is no peak ratio above 0`);
    return { ...event, statedPeakRatio: Number(ratio) / (isPercent ? 100 : 1) };
  });
}

/** Parses a duration: `24h`, `90m`, `7d` → milliseconds. */
export function parseSpan(text: string): number {
  const [, amount, unit] = /^(\d+)(m|h|d)$/.exec(text) ?? [];
  const ms = Number(amount) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'm' | 'h' | 'd'];
  if (!(ms > 0)) throw new InvalidArgumentError('expected minutes, hours or days, as 90m, 24h or 7d.');
  return ms;
}

/** Parses quantile levels: `0.5,0.9,0.95` → ascending. */
export function parseLevels(text: string): readonly number[] {
  const levels = text.split(',').map(Number);
  const ascend = levels.every((level, i) => level > (levels[i - 1] ?? 0) && level < 1);
  if (!ascend) throw new InvalidArgumentError('expected ascending levels between 0 and 1, as 0.5,0.9,0.95.');
  return levels;
}

/** Parses RFC 3339 with an offset → epoch ms. */
export function parseTime(text: string): number {
  if (!isInstant(text))
    throw new InvalidArgumentError('expected an instant with its offset, as 2026-11-27T20:00:00+01:00.');
  return parseInstant(text);
}
