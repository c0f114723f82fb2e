import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseHistoryTable } from '../../../../src/cli/files/history/parse-history-table.ts';
import { parseTable } from '../../../../src/cli/files/table/parse-table.ts';

/** What programs export: the time and value of the first rows, and what is told of the reading. */
const berlin = { timeZone: 'Europe/Berlin' };
const noon = Date.UTC(2026, 10, 27, 12);

/** A text, and what it is read as. */
const dialectSchema = z.strictObject({
  text: z.string(),
  options: z
    .strictObject({
      timeZone: z.string(),
      dateOrder: z.enum(['dmy', 'mdy']),
      timeColumn: z.string(),
      valueColumn: z.string(),
    })
    .partial()
    .default({}),
  /** Minutes after noon UTC on 27 November 2026, and requests per second, by series; '' names the only one. */
  series: z.record(z.string(), z.array(z.tuple([z.number(), z.number().nullable()]))),
  guesses: z.array(z.string()).default([]),
});

const dialects = z
  .record(z.string(), dialectSchema)
  .parse(parse(readFileSync('test/cli/files/history/dialects.yaml', 'utf8')));

describe('a history is read from', () => {
  test.each(Object.entries(dialects))('%s', (_, { text, options, series, guesses }) => {
    const told: string[] = [];
    const read = parseHistoryTable('shop.csv', parseTable('shop.csv', text), options, note => told.push(note));
    const found = read.series.map(({ name = '', rows }) => [
      name,
      rows.map(({ at, value }) => [(at - noon) / 60_000, value]),
    ]);
    expect(Object.fromEntries(found)).toEqual(series);
    expect(read.guesses).toEqual(guesses);
    expect(told).toEqual([]);
  });
});

describe('a history is refused, with the option that tells,', () => {
  test.each([
    [
      'of a date of two meanings',
      'Date,rps\n5/6/2026 20:00,5\n5/6/2026 20:01,6\n',
      {},
      /shop\.csv:2: "5\/6\/2026 20:00" may have .*: say --date-order dmy or --date-order mdy/,
    ],
    [
      'of dates in both orders',
      'Date,rps\n13/6/2026,5\n6/13/2026,6\n',
      {},
      /shop\.csv:3: "6\/13\/2026" has the month first and "13\/6\/2026" the day/,
    ],
    [
      'of a number of two meanings',
      'time;rps\n2026-06-01T00:00Z;1.234\n2026-06-01T00:01Z;950\n',
      {},
      /shop\.csv:2: "1\.234" may be 1234 or 1\.234: say --decimal comma or --decimal point/,
    ],
    [
      'of both decimal signs',
      'time;rps\n2026-06-01T00:00Z;1.5\n2026-06-01T00:01Z;1,5\n',
      {},
      /shop\.csv:2: "1\.5" has a decimal point and "1,5" a decimal comma/,
    ],
    [
      'of a time that clocks skip',
      'Zeit;rps\n29.03.2026 01:30;1\n29.03.2026 02:30;2\n',
      berlin,
      /shop\.csv:3: clocks in Europe\/Berlin skip "29\.03\.2026 02:30": .*--time-zone/,
    ],
    [
      'of a zone of several meanings',
      'time,rps\n2026-06-01 00:00 CST,5\n2026-06-01 00:01 CST,6\n',
      {},
      /shop\.csv:2: .*CST means several zones: .*--time-zone/,
    ],
    [
      'of a column that is not there',
      'time,rps\n1780272000,5\n1780272060,6\n',
      { valueColumn: 'hits' },
      /shop\.csv has no column hits for --value-column: it has time, rps/,
    ],
    [
      'of unnamed columns',
      '1780272000,5,6\n1780272060,6,7\n',
      {},
      /shop\.csv has numbers in columns 2 and 3 .*--value-column/,
    ],
  ])('for want %s', (_, text, options, message) => {
    expect(() => parseHistoryTable('shop.csv', parseTable('shop.csv', text), options, () => undefined)).toThrow(
      message,
    );
  });
});

test('an hour that clocks show twice is two hours', () => {
  const clocks = ['01:30', '02:00', '02:30', '02:00', '02:30', '03:00'];
  const read = (order: readonly string[]) => {
    const text = ['Zeit;rps', ...order.map((clock, i) => `25.10.2026 ${clock};${i}`)].join('\n');
    return (
      parseHistoryTable('a', parseTable('a', text), berlin, () => undefined).series[0]?.rows.map(({ at }) => at) ?? []
    );
  };
  const halfHours = (from: number) => clocks.map((_, i) => from + i * 1_800_000);
  expect(read(clocks)).toEqual(halfHours(Date.UTC(2026, 9, 24, 23, 30)));
  expect(read(clocks.toReversed())).toEqual(halfHours(Date.UTC(2026, 9, 24, 23, 30)).toReversed());
});
