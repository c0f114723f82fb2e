import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSeries } from '../../../forecasts/index.ts';
import { readHistory } from '../../../src/cli/files/read-history.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-history-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'checkout.csv');

function read(text: string) {
  writeFileSync(file, text);
  return onlySeries(file);
}

function onlySeries(place: string, tell?: (note: string) => void) {
  const [only, ...others] = readHistory(place, {}, tell);
  if (only === undefined || others.length > 0) throw new Error(`${place} has ${others.length + 1} series`);
  return only.series;
}

describe('a history in a file', () => {
  test('is a regular series, missing rows and empty values its gaps', () => {
    const text = 'timestamp,value\n# checkout\n1780272000,1\n1780272060,2\n1780272120,\n1780272300,5\n';
    expect(read(text)).toEqual({ start: 1_780_272_000_000, stepSeconds: 60, values: [1, 2, null, null, null, 5] });
  });

  test.each([
    ['seconds, a byte order mark and CRLF', '\uFEFFtimestamp,value\r\n1780272000,1\r\n1780272060,2\r\n', []],
    ['milliseconds without a header', '1780272000000,1\n1780272060000,2\n', []],
    ['RFC 3339 in quotes', '"time (UTC)","req/s"\n"2026-06-01T02:00:00+02:00","1"\n"2026-06-01T00:01:00Z","2"\n', []],
    ['semicolons', 'zeit;wert\n1780272000;1\n1780272060;2\n', []],
    [
      'times without an offset',
      '2026-06-01 00:00,1\n2026-06-01 00:01:00,2\n',
      [/checkout\.csv: read as UTC, for want of an offset \(--time-zone names another zone\)$/],
    ],
    ['the newest row first', '1780272060,2\n1780272000,1\n', []],
    ['rows in no order', '1780272060,2\n1780272000,1\n1780272120,3\n', [/checkout\.csv: .* were sorted/]],
    ['a row twice', '1780272000,1\n1780272000,1\n1780272060,2\n', [/checkout\.csv:2: stands there twice$/]],
    [
      'an infinite value of a metric store, missing',
      '1780272000,1\n1780272060,2\n1780272120,+Inf\n',
      [/checkout\.csv:3: 1 infinite value left out/, /1 of 3 steps have no value/],
    ],
    [
      'negative values',
      '1780272000,1\n1780272060,2\n1780272120,-1\n1780272180,-2\n',
      [/checkout\.csv:3: 2 negative values left out/],
    ],
    [
      'gaps',
      '1780272000,1\n1780272060,2\n1780272240,3\n1780272300,nan\n1780272360,4\n',
      [/checkout\.csv: 3 of 7 steps have no value, the longest gap is 2 min from 2026-06-01T00:02:00Z/],
    ],
    [
      'a column per minute',
      'time,requests_per_minute\n1780272000,60\n1780272060,120\n',
      [/checkout\.csv: read as "requests_per_minute" as requests per minute → per second$/],
    ],
    [
      'thousands per second',
      'time,krps\n1780272000,0.001\n1780272060,0.002\n',
      [/read as "krps" as thousand requests per second → per second/],
    ],
    [
      'a count over no time',
      'time,requests\n1780272000,1\n1780272060,2\n',
      [/"requests" names no time and is taken for requests per second: .*--unit, as rpm, or count/],
    ],
    [
      'another measure',
      'time,cpu_percent\n1780272000,1\n1780272060,2\n',
      [/"cpu_percent" is not requests over a time and is taken for requests per second/],
    ],
    [
      'cells of an unknown unit',
      'time,load\n1780272000,1 zorks\n1780272060,2 zorks\n',
      [/checkout\.csv:1: the unit "zorks" is not known and is taken for requests per second/],
    ],
    ['a row three seconds late', '1780272000,1\n1780272063,2\n', []],
  ])('is read from %s, and what was put right is told', (_, text, notes) => {
    const told: string[] = [];
    writeFileSync(file, text);
    expect(onlySeries(file, note => told.push(note)).values.slice(0, 2)).toEqual([1, 2]);
    expect(told).toEqual(notes.map(note => expect.stringMatching(note)));
  });

  test('is the rate of a counter, which is told, and a counter of another name is asked about', () => {
    const counter = (i: number) => `${1_780_272_000 + 60 * i},${i < 30 ? 7200 + 600 * i : 600 * (i - 29)}`;
    const table = (column: string) =>
      `time,${column}\n${Array.from({ length: 60 }, (_, i) => counter(i)).join('\n')}\n`;
    const told: string[] = [];
    writeFileSync(file, table('http_requests_total'));
    expect(onlySeries(file, note => told.push(note)).values).toEqual(Array.from({ length: 59 }, () => 10));
    expect(told).toEqual([
      expect.stringMatching(/read as "http_requests_total" as a counter, by how fast it rises → per second$/),
    ]);
    writeFileSync(file, table('value'));
    expect(() => onlySeries(file)).toThrow(/checkout\.csv:2: "value" only rises, .* say --unit counter, or --unit rps/);
    const [asked] = readHistory(file, { unit: 'counter' });
    expect(asked?.series.values).toEqual(Array.from({ length: 59 }, () => 10));
    expect(onlySeries(writeTable('rps'), note => told.push(note)).values[1]).toBe(7800);
    function writeTable(column: string) {
      writeFileSync(file, table(column));
      return file;
    }
  });

  test('in JSON has the unit that is stated, and a counter is told as in a table', () => {
    const json = path.join(folder, 'checkout.json');
    const write = (name: string, value: (i: number) => number) =>
      writeFileSync(
        json,
        JSON.stringify({
          status: 'success',
          data: {
            resultType: 'matrix',
            result: [
              {
                metric: { __name__: name },
                values: Array.from({ length: 40 }, (_, i) => [1_780_272_000 + 60 * i, String(value(i))]),
              },
            ],
          },
        }),
      );
    write('shop:requests', i => 600 + (i % 2));
    expect(readHistory(json, { unit: 'rpm' })[0]?.series.values[0]).toBe(10);
    write('http_requests_total', i => 600 * i);
    const told: string[] = [];
    expect(readHistory(json, {}, note => told.push(note))[0]?.series.values[5]).toBe(10);
    expect(told).toEqual([expect.stringContaining('as a counter')]);
  });

  test('is unpacked where its name ends in .gz', () => {
    writeFileSync(`${file}.gz`, gzipSync('1780272000,1\n1780272060,2\n'));
    expect(onlySeries(`${file}.gz`).values).toEqual([1, 2]);
    writeFileSync(`${file}.gz`, '1780272000,1\n');
    expect(() => onlySeries(`${file}.gz`)).toThrow(/checkout\.csv\.gz ends in \.gz and is not packed/);
  });

  test.each([
    ['nothing', '', /checkout\.csv: needs two rows/],
    ['one row', '1780272000,1\n', /checkout\.csv: needs two rows/],
    ['one column', '1780272000\n1780272060\n', /checkout\.csv:1: expected timestamp,value, got one column/],
    ['a decimal comma between commas', 'time,value\n1780272000,1,5\n', /checkout\.csv:2: .*got 3 columns in/],
    ['a row that is cut off', 'time,a,b\n1780272000,1,5\n1780272060,1\n', /checkout\.csv:3: expected 3 columns, got 2/],
    [
      'two values at one time',
      '1780272000,1\n1780272060,2\n1780272060,3\n',
      /checkout\.csv:3: .*checkout\.csv:2 .*more than one series/,
    ],
    ['a day that is none', '2026-02-30,1\n2026-03-01,2\n', /checkout\.csv:1: "2026-02-30" is no timestamp/],
    [
      'a time off the step',
      '1780272000,1\n1780272060,2\n1780272120,3\n1780272150,4\n',
      /checkout\.csv:4: .* off the step of 60 s/,
    ],
    ['steps below a second', '1780272000.0,1\n1780272000.5,2\n1780272001.0,3\n', /checkout\.csv: .* step of 0\.5 s/],
    ['steps of a month', '1780272000,1\n1782864000,2\n', /checkout\.csv: .* step of 2592000 s/],
    ['one time in a wrong century', '1780272000,1\n1780272001,2\n1780272002,3\n17802720000,4\n', /too many/],
    ['a number of another base', '1780272000,0x1\n1780272060,0x2\n', /checkout\.csv:1: .* no number/],
    ['a workbook', 'PK\u0003\u0004…', /checkout\.csv is a workbook of Excel .*: save its table as CSV/],
    ['an infinite value', '1780272000,1\n1780272060,1e999\n', /checkout\.csv:2: .* no number/],
  ])('with %s is refused by file and line', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('is a series that can be forecast or a sentence about the file, whatever stands in it', () => {
    const time = fc.oneof(
      fc.integer({ min: 1_780_272_000, max: 1_780_279_000 }).map(String),
      fc.integer({ min: 0, max: 400 }).map(i => String(1_780_272_000 + 60 * i)),
      fc.constantFrom('2026-06-01T00:00:00Z', '2026-06-01', '', 'soon', '99999999999', '-1'),
    );
    const value = fc.oneof(fc.double().map(String), fc.constantFrom('', 'nan', 'null', '7', 'x', '1,2'));
    const rows = fc.array(fc.tuple(time, value), { maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.boolean(), (cells, isSorted) => {
        const lines = cells.map(([at, amount]) => `${at},${amount}`);
        const outcome = outcomeOf(`${(isSorted ? [...new Set(lines)].sort() : lines).join('\n')}\n`);
        if (typeof outcome === 'string') expect(outcome).toContain('checkout.csv');
        else expect(() => checkSeries(outcome)).not.toThrow();
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

function outcomeOf(text: string) {
  try {
    return read(text);
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
}
