import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-sheet-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

async function importSheet(text: string, ...options: readonly string[]) {
  const file = path.join(folder, 'sheet.csv');
  writeFileSync(file, text);
  const out: string[] = [];
  const told: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation(chunk => out.push(String(chunk)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation(chunk => told.push(String(chunk)) > 0);
  const code = await runProgram(['node', 'headstart', 'sales', 'import', file, ...options]);
  return { code, yaml: out.join(''), told: told.join('') };
}

describe('headstart sales import', () => {
  test('turns a sheet of a German spreadsheet into FlashSales', async () => {
    const sheet = [
      'Aktion;Datum;Von;Bis;Peak;Rabatt;Empfänger;Notiz',
      'Freitags-Knüller;27.11.2026;20:00;22:00;8x;30 %;50.000;gut',
      'Nacht;28.11.2026;22:00;02:00;2,5;;;',
    ].join('\n');
    const { code, yaml, told } = await importSheet(sheet, '--time-zone', 'Europe/Berlin', '-n', 'shop');
    expect(code).toBe(0);
    expect(told).toMatch(/sheet\.csv: read as dd\.mm\.yyyy, Europe\/Berlin, without the columns Notiz\n$/);
    expect(yaml).toBe(`apiVersion: headstart.dev/v1alpha1
kind: FlashSale
metadata:
  name: freitags-knueller-2026-11-27
  namespace: shop
spec:
  startTime: 2026-11-27T20:00:00+01:00
  endTime: 2026-11-27T22:00:00+01:00
  timeZone: Europe/Berlin
  expectedPeakPercent: 800
  discountPercent: 30
  audience: 50000
---
apiVersion: headstart.dev/v1alpha1
kind: FlashSale
metadata:
  name: nacht-2026-11-28
  namespace: shop
spec:
  startTime: 2026-11-28T22:00:00+01:00
  endTime: 2026-11-29T02:00:00+01:00
  timeZone: Europe/Berlin
  expectedPeakPercent: 250
`);
  });

  test('gives each of two sales of one title and day a name of its own', async () => {
    const { yaml } = await importSheet(
      'name,start,end\nDeal,2026-11-27T08:00Z,2026-11-27T09:00Z\nDeal,2026-11-27T18:00Z,2026-11-27T19:00Z\n',
    );
    expect(yaml.match(/name: .*/g)).toEqual(['name: deal-2026-11-27', 'name: deal-2026-11-27-2']);
  });

  test.each([
    [
      'ends before it starts',
      'start,end\n2026-11-27T10:00Z,2026-11-27T09:00Z\n',
      /sheet\.csv:2: the event ends before it starts/,
    ],
    [
      'has a peak of two meanings',
      'start,end,peak\n2026-11-27T10:00Z,2026-11-27T11:00Z,75\n',
      /sheet\.csv:2: "75" may be 75 times or 75 %: write 75x or 75 %/,
    ],
    [
      'has a zone that is none',
      'start,end,time zone\n2026-11-27 10:00,2026-11-27 11:00,Berlin\n',
      /sheet\.csv:2: "Berlin" is no zone/,
    ],
    [
      'has no time',
      'name,start,end\nDeal,soon,2026-11-27T11:00Z\n',
      /sheet\.csv:2: "soon" is no time: expected start,end/,
    ],
    [
      'asks for too much',
      'start,end,peakRatio\n2026-11-27T10:00Z,2026-11-27T11:00Z,5000\n',
      /sheet\.csv:2: .*expectedPeakPercent/,
    ],
    ['is not there', 'name,start,end\n', /sheet\.csv has no row with a sale/],
  ])('refuses a sale that %s', async (_, text, message) => {
    const { code, told, yaml } = await importSheet(text);
    expect(told).toMatch(message);
    expect([code, yaml]).toEqual([1, '']);
  });
});
