import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSeries } from '../../forecasts/index.ts';
import { readHistory } from '../../src/cli/read-history.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-history-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'checkout.csv');

function read(text: string) {
  writeFileSync(file, text);
  return readHistory(file);
}

describe('a history in a file', () => {
  test('is a regular series, missing rows and empty values its gaps', () => {
    const text = 'timestamp,value\n# checkout\n1780272000,1\n1780272060,2\n1780272120,\n1780272300,5\n';
    expect(read(text)).toEqual({ start: 1_780_272_000_000, stepSeconds: 60, values: [1, 2, null, null, null, 5] });
  });

  test.each([
    ['nothing', '', /checkout\.csv: needs two rows/],
    ['one row', '1780272000,1\n', /checkout\.csv: needs two rows/],
    ['a time twice', '1780272000,1\n1780272060,2\n1780272060,3\n', /checkout\.csv:3: .* sorted and single/],
    ['a time before the last', '1780272000,1\n1780272060,2\n1780272030,3\n', /checkout\.csv:3: .* sorted and single/],
    [
      'a time off the step',
      '1780272000,1\n1780272060,2\n1780272120,3\n1780272150,4\n',
      /checkout\.csv:4: .* off the step of 60 s/,
    ],
    ['steps below a second', '1780272000.0,1\n1780272000.5,2\n1780272001.0,3\n', /checkout\.csv: .* step of 0\.5 s/],
    ['steps of a month', '1780272000,1\n1782864000,2\n', /checkout\.csv: .* step of 2592000 s/],
    ['one time in a wrong century', '1780272000,1\n1780272001,2\n1780272002,3\n17802720000,4\n', /too many/],
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
