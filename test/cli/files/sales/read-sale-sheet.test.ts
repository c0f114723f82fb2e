import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatInstant } from '../../../../src/api/instant.ts';
import { readSaleSheet } from '../../../../src/cli/files/sales/read-sale-sheet.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-sheets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The sales of a sheet in one line each: start, end and peak in percent. */
function read(text: string | Buffer, timeZone: string | undefined = 'Europe/Berlin') {
  const file = path.join(folder, 'sheet.csv');
  writeFileSync(file, text);
  const told: string[] = [];
  const sales = readSaleSheet(file, { timeZone }, note => told.push(note.replace(folder, '')));
  const lines = sales.map(({ start, end, expectedPeakPercent = '-' }) =>
    [formatInstant(start), formatInstant(end), expectedPeakPercent].join(' '),
  );
  return { lines, told: told.join('\n'), sales };
}

/** 20:00 to 22:00 in Berlin on 27 November, six times an ordinary minute. */
const evening = '2026-11-27T19:00:00Z 2026-11-27T21:00:00Z 600';

describe('a sheet of sales is read as people have it:', () => {
  test.each([
    ['German Excel', 'Aktion;Beginn;Ende;Spitze\nÄpfel;27.11.2026 20:00;27.11.2026 22:00;600 %\n'],
    ['with comma decimals', 'Aktion;Beginn;Ende;Faktor\nÄpfel;27.11.2026 20:00;27.11.2026 22:00;6,0\n'],
    ['with -fach', 'Aktion;Beginn;Ende;Spitzenlast\nÄpfel;27.11.2026 20:00;27.11.2026 22:00;6-fach\n'],
    ['with times behind the number', 'name,start,end,peak\nA,2026-11-27 20:00,2026-11-27 22:00,6×\n'],
    ['with times before the number', 'name,start,end,peak\nA,2026-11-27 20:00,2026-11-27 22:00,x6\n'],
    ['in words', 'Aktion;Beginn;Ende;Peak\nA;27. November 2026, 20 Uhr;Freitag, 27. November 2026, 22:00 Uhr;6 mal\n'],
    ['US dates', 'Sale,Start,End,Peak\nA,11/27/2026 2:00 PM,11/27/2026 4:00 PM,6x\n', 'America/New_York'],
    ['US hours alone', 'Sale,Start,End,Peak\nA,11/27/26 2 PM,11/27/26 4 PM,6x\n', 'America/New_York'],
    [
      'days and times in columns of their own',
      'Sale,Start Date,Start Time,End Date,End Time,Peak\nA,11/27/2026,8:00 PM,11/27/2026,10:00 PM,6x\n',
    ],
    ['a day and two times', 'Aktion;Datum;Von;Bis;Peak\nA;27.11.2026;20 Uhr;22 Uhr;6x\n'],
    ['a day and a range', 'Aktion;Datum;Uhrzeit;Peak\nA;27.11.2026;20–22 Uhr;6x\n'],
    ['a range in one cell', 'Campaign,Date,Time,Multiplier\nA,27 Nov 2026,8 - 10 pm,6\n'],
    ['a duration', 'Campaign,Date,Time,Duration,Peak\nA,27 Nov 2026,20:00,2h,6x\n'],
    ['a duration in German', 'Aktion;Start;Dauer;Peak\nA;27.11.2026 20:00;1,5 Std. 30 min;6x\n'],
    [
      'a title above the header',
      'Sales plan Q4,,,\n,,,\nname,start,end,peak\nA,2026-11-27 20:00,2026-11-27 22:00,6x\n',
    ],
    [
      'blank rows, headings and totals',
      'name,start,end,peak\n,,,\nNovember,,,\nA,2026-11-27 20:00,2026-11-27 22:00,6x\n\nTotal,,,6\n',
    ],
    ['notes of two lines', 'name,start,end,peak,notes\nA,2026-11-27 20:00,2026-11-27 22:00,6x,"two\nlines, a comma"\n'],
    ['Excel’s numbers', 'name;start;end;peak\nA;46353,8333333333;46353,9166666667;6x\n'],
    [
      'tabs, UTF-16',
      Buffer.from('\ufeffname\tstart\tend\tpeak\r\nÄ\t27.11.2026 20:00\t27.11.2026 22:00\t6x\r\n', 'utf16le'),
    ],
    ['a zone in each row', 'name,start,end,peak,tz\nA,2026-11-27 14:00,2026-11-27 16:00,6x,America/New_York\n'],
    ['an offset', 'name,start,end,peak\nA,2026-11-27T20:00:00+01:00,2026-11-27T22:00:00+01:00,6x\n', 'Asia/Tokyo'],
  ])('%s', (_, text, zone = 'Europe/Berlin') => {
    expect(read(text, zone).lines).toEqual([evening]);
  });

  test('a day without a time counts to its end, also where clocks change, and it is said', () => {
    const { lines, told } = read('name,start,end\nA,2026-10-24,2026-10-25\nB,2026-11-11,\n');
    expect(lines).toEqual([
      '2026-10-23T22:00:00Z 2026-10-25T23:00:00Z -',
      '2026-11-10T23:00:00Z 2026-11-11T23:00:00Z -',
    ]);
    expect(told).toContain('ends without a time as the end of their day');
    expect(read('name;start;end\nA;46353;46353\n').lines).toEqual(['2026-11-26T23:00:00Z 2026-11-27T23:00:00Z -']);
  });

  test('a row that repeats another is left out, and it is said', () => {
    const row = 'A,2026-11-27 20:00,2026-11-27 22:00,6x';
    const { lines, told } = read(`name,start,end,peak\n${row}\nB,2026-11-28 20:00,2026-11-28 22:00,6x\n${row}\n`);
    expect(lines).toHaveLength(2);
    expect(told).toMatch(/sheet\.csv:4: left out, since .*sheet\.csv:2 says the same$/);
  });

  test.each([
    [
      'without an end',
      'name,start,end\nA,2026-11-27 20:00,\n',
      /:2: this row has no end: fill it in, or a duration such as 2h/,
    ],
    ['without a start', 'name,start,end\nA,,2026-11-27 20:00\n', /:2: this row has no start/],
    [
      'of a duration that is none',
      'name,start,duration\nA,2026-11-27 20:00,long\n',
      /:2: "long" is no duration: write 2h or 90min/,
    ],
    [
      'of a peak with a plus',
      'name,start,end,peak\nA,2026-11-27 20:00,2026-11-27 22:00,+500 %\n',
      /write 500 % or 600 %/,
    ],
    [
      'of dates that leave the month open',
      'name,start,end\nA,5/6/2026 20:00,5/6/2026 22:00\n',
      /--date-order dmy or --date-order mdy/,
    ],
  ])('a row %s is asked about', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
