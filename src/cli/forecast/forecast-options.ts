import { InvalidArgumentError } from 'commander';
import type { Event } from '../../../forecasts/index.ts';
import { formatInstant, isInstant, parseInstant } from '../../api/instant.ts';
import type { NamedHistory } from '../../review/backtest/judge-history.ts';
import { possibleSales } from '../../review/possible-sales.ts';
import type { HistoryOptions } from '../files/history/history-options.ts';
import { listFiles } from '../files/list-files.ts';
import { historyExtensions, readHistory } from '../files/read-history.ts';
import { readSales } from '../files/read-sales.ts';
import { readSaleSheet } from '../files/sales/read-sale-sheet.ts';
import { formatPossibleSales } from '../output/format-possible-sales.ts';

/**
 * Reads the histories of a file, or of every CSV, TSV and JSON file of the folder. What was guessed, corrected or left
 * out is told on standard error, as are times of unusual demand that none of the known events explains.
 *
 * @throws Error naming file and line
 */
export function readHistories(
  place: string,
  options: HistoryOptions = {},
  events: readonly Event[] = [],
): readonly NamedHistory[] {
  const files = listFiles(place, historyExtensions);
  if (files.length === 0) throw new Error(`${place} has no .csv, .tsv or .json file`);
  return files.flatMap(file => {
    const notes: string[] = [];
    const read = readHistory(file, options, note => notes.push(note));
    for (const { name, series } of read) {
      const questions = formatPossibleSales(possibleSales(series, events), options.timeZone);
      notes.push(...questions.map(question => `${name}: ${question}`));
    }
    for (const note of notes) process.stderr.write(`headstart: ${note}\n`);
    return read.map(({ name, series }) => ({ name, history: series, notes }));
  });
}

/**
 * Reads sales from YAML (FlashSales, without their recurrence) or from a sheet in CSV with a row for each
 * sale, whose times and numbers are written as in a history.
 *
 * @throws Error naming file and line
 */
export function readEvents(file: string, options: HistoryOptions = {}): readonly Event[] {
  return /\.[ct]sv(?:\.gz)?$/.test(file) ? readSheetEvents(file, options) : readSaleEvents(file);
}

function readSaleEvents(file: string): readonly Event[] {
  return readSales([file]).map(({ sale: { metadata, spec } }) => {
    return {
      id: metadata.name,
      start: parseInstant(spec.startTime),
      end: parseInstant(spec.endTime),
      ...(spec.expectedPeakPercent === undefined ? {} : { statedPeakRatio: spec.expectedPeakPercent / 100 }),
      features: {
        ...(spec.discountPercent === undefined ? {} : { discountPercent: spec.discountPercent }),
        ...(spec.audience === undefined ? {} : { audience: spec.audience }),
        ...(spec.saleType === undefined ? {} : { saleType: spec.saleType }),
      },
    };
  });
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
