import { type Command, InvalidArgumentError, Option } from 'commander';
import { isTimeZone } from '../../../api/instant.ts';
import type { DecimalSign } from '../table/number-style.ts';
import { rateUnitOf } from './rate-unit.ts';

/** What is said of a history's file, where the file itself does not tell. */
export interface HistoryOptions {
  /** IANA zone of the shop: of times without an offset, and of the days of a forecast. @default UTC, and a note says so */
  readonly timeZone?: string | undefined;
  /** Name of the column with the times, or its number from 1. @default found by its cells */
  readonly timeColumn?: string | undefined;
  /** Name of the column with the values, or its number from 1. @default every column of numbers */
  readonly valueColumn?: string | undefined;
  /** Sign before a number's fraction. @default found by the numbers */
  readonly decimal?: DecimalSign | undefined;
  /** Order of dates such as 5/6/2026. @default found by the dates */
  readonly dateOrder?: 'dmy' | 'mdy' | undefined;
  /** Unit of the values: a rate such as `rpm`, `count` for requests in each step, or `counter`. @default the header's, or per second */
  readonly unit?: string | undefined;
}

/** Adds the options that say how a history's file is read. */
export function addHistoryOptions(command: Command): Command {
  return command
    .option(
      '--time-zone <zone>',
      'zone of the shop, as Europe/Berlin: of times without an offset, and of days and weekdays; default: UTC',
      parseZone,
    )
    .option('--time-column <name>', 'column with the times, by name or number; default: found by its cells')
    .option('--value-column <name>', 'column with the values, by name or number; default: every column of numbers')
    .addOption(
      new Option('--decimal <sign>', 'sign before a fraction; default: found by the numbers').choices([
        'point',
        'comma',
      ]),
    )
    .addOption(
      new Option('--date-order <order>', 'order of dates such as 5/6/2026; default: found by the dates').choices([
        'dmy',
        'mdy',
      ]),
    )
    .option(
      '--unit <unit>',
      'unit of the values, as rpm or "req/5min", count for requests in each step, or counter for a count that rises for ever; default: per second',
      parseUnit,
    );
}

/** Parses a zone of the IANA database. */
export function parseZone(text: string): string {
  if (!isTimeZone(text)) throw new InvalidArgumentError('expected a zone of the IANA database, as Europe/Berlin.');
  return text;
}

function parseUnit(text: string): string {
  if (!['count', 'counter'].includes(text) && rateUnitOf(text).kind !== 'Rate')
    throw new InvalidArgumentError(
      'expected a rate, as rps, rpm or "req/5min", count for requests in each step, or counter for a count that rises for ever.',
    );
  return text;
}
