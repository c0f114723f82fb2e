import { InvalidArgumentError, Option } from 'commander';
import type { Event } from '../../../forecasts/index.ts';
import type { FlashSale, FlashSaleSpec } from '../../api/flash-sale.ts';
import { formatInstant, isInstant, parseInstant } from '../../api/instant.ts';
import { salePlanName } from '../../api/names/sale-plan-name.ts';
import { lengthMs } from '../../api/series/recurring-sale.ts';
import { datesWithin } from '../../recurrence/list-dates.ts';
import { isRecurring } from '../../recurrence/series-dates.ts';
import type { NamedHistory } from '../../review/backtest/judge-history.ts';
import { possibleSales } from '../../review/possible-sales.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import { listFiles } from '../files/list-files.ts';
import { historyExtensions, readHistory } from '../files/read-history.ts';
import { readSales } from '../files/read-sales.ts';
import { readSaleSheet } from '../files/sales/read-sale-sheet.ts';
import { formatPossibleSales } from '../output/format-possible-sales.ts';

/** A span of time, in epoch ms. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** The known sales as events: all single ones, and of recurring ones the dates in a span. */
export type EventsIn = (span: Span) => readonly Event[];

/** Returns the span of some histories, and `horizonMs` after the last of them. */
export function forecastSpan(histories: readonly Pick<NamedHistory, 'history'>[], horizonMs: number): Span {
  const ends = histories.map(({ history }) => history.start + history.values.length * history.stepSeconds * 1000);
  return { from: Math.min(...histories.map(({ history }) => history.start)), until: Math.max(...ends) + horizonMs };
}

/**
 * Reads the histories of a file, or of every CSV, TSV and JSON file of the folder. What was guessed, corrected or left
 * out is told on standard error, as are times of unusual demand that none of the known events explains.
 *
 * @throws Error naming file and line
 */
export function readHistories(
  place: string,
  options: HistoryOptions = {},
  eventsIn: EventsIn = () => [],
): readonly NamedHistory[] {
  const files = listFiles(place, historyExtensions);
  if (files.length === 0) throw new Error(`${place} has no .csv, .tsv or .json file`);
  return files.flatMap(file => {
    const notes: string[] = [];
    const read = readHistory(file, options, note => notes.push(note));
    for (const { name, series } of read) {
      const events = eventsIn(forecastSpan([{ history: series }], 0));
      const questions = formatPossibleSales(possibleSales(series, events), options.timeZone);
      notes.push(...questions.map(question => `${name}: ${question}`));
    }
    for (const note of notes) process.stderr.write(`headstart: ${note}\n`);
    return read.map(({ name, series }) => ({ name, history: series, notes }));
  });
}

/**
 * Reads sales from YAML (FlashSales) or from a sheet in CSV with a row for each sale, whose times and numbers are written
 * as in a history.
 *
 * @throws Error naming file and line; for a rule that cannot be followed, when its dates are asked for
 */
export function readEvents(file: string, options: HistoryOptions = {}): EventsIn {
  if (!/\.[ct]sv(?:\.gz)?$/.test(file)) return readSaleEvents(file);
  const events = readSheetEvents(file, options);
  return () => events;
}

function readSaleEvents(file: string): EventsIn {
  const sales = readSales([file]);
  return span => sales.flatMap(({ sale }) => eventsOf(sale, span, file));
}

function eventsOf({ metadata, spec }: FlashSale, span: Span, file: string): readonly Event[] {
  return startsIn(spec, span, file).map(start => {
    return {
      id: isRecurring(spec) ? salePlanName(metadata.name, start) : metadata.name,
      start,
      end: start + lengthMs(spec),
      ...(spec.expectedPeakPercent === undefined ? {} : { statedPeakRatio: spec.expectedPeakPercent / 100 }),
      features: {
        ...(spec.discountPercent === undefined ? {} : { discountPercent: spec.discountPercent }),
        ...(spec.audience === undefined ? {} : { audience: spec.audience }),
        ...(spec.saleType === undefined ? {} : { saleType: spec.saleType }),
      },
    };
  });
}

function startsIn(spec: FlashSaleSpec, { from, until }: Span, file: string): readonly number[] {
  if (!isRecurring(spec)) return [parseInstant(spec.startTime)];
  try {
    return datesWithin(spec, from - lengthMs(spec), until).starts;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Error(`${file}: spec.recurrence.rule ${spec.recurrence.rule} ${error.message}`, { cause: error });
  }
}

function readSheetEvents(file: string, options: HistoryOptions): readonly Event[] {
  const tell = (note: string) => process.stderr.write(`headstart: ${note}\n`);
  return readSaleSheet(file, options, tell).map(sale => ({
    id: sale.name ?? formatInstant(sale.start),
    start: sale.start,
    end: sale.end,
    ...(sale.expectedPeakPercent === undefined ? {} : { statedPeakRatio: sale.expectedPeakPercent / 100 }),
    features: {
      ...(sale.discountPercent === undefined ? {} : { discountPercent: sale.discountPercent }),
      ...(sale.audience === undefined ? {} : { audience: sale.audience }),
      ...(sale.saleType === undefined ? {} : { saleType: sale.saleType }),
    },
  }));
}

/** Parses a duration: `24h`, `90m`, `7d` → milliseconds. */
export function parseSpan(text: string): number {
  const [, amount, unit] = /^(\d+)(m|h|d)$/.exec(text) ?? [];
  const ms = Number(amount) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as 'm' | 'h' | 'd'];
  if (!(ms > 0)) throw new InvalidArgumentError('expected minutes, hours or days, as 90m, 24h or 7d.');
  return ms;
}

/** An option that takes a duration; its help shows the default as it is written: `24h`. */
export function spanOption(flags: string, description: string, written: string): Option {
  return new Option(flags, description).argParser(parseSpan).default(parseSpan(written), written);
}

/** The option with the quantile levels of a forecast. */
export function levelsOption(): Option {
  const written = '0.5,0.9,0.95';
  return new Option('--quantiles <levels>', 'levels between 0 and 1, ascending')
    .argParser(parseLevels)
    .default(parseLevels(written), written);
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
