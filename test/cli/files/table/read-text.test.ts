import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readText } from '../../../../src/cli/files/table/read-text.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'headstart-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = 'Zeit;Größe\n';
const wide = Buffer.from(text, 'utf16le');
const mark = (...bytes: readonly number[]) => Buffer.from(bytes);

test.each([
  ['UTF-8', Buffer.from(text), undefined],
  ['UTF-8 with a byte order mark', Buffer.concat([mark(0xef, 0xbb, 0xbf), Buffer.from(text)]), undefined],
  ['UTF-16 of Excel', Buffer.concat([mark(0xff, 0xfe), wide]), 'UTF-16'],
  ['UTF-16, the larger half first', Buffer.concat([mark(0xfe, 0xff), Buffer.from(wide).swap16()]), 'UTF-16'],
  ['UTF-16 without a mark', wide, 'UTF-16'],
  ['Windows-1252', Buffer.from(text, 'latin1'), 'Windows-1252'],
  ['gzip, whatever its name', gzipSync(text), undefined],
])('readText reads %s', (_, bytes, encoding) => {
  const file = path.join(folder, 'a.csv');
  writeFileSync(file, bytes);
  expect(readText(file)).toEqual({ text, ...(encoding === undefined ? {} : { encoding }) });
});

test('readText refuses what gzip did not pack, and what is damaged', () => {
  const file = path.join(folder, 'a.csv.gz');
  writeFileSync(file, text);
  expect(() => readText(file)).toThrow(/a\.csv\.gz ends in \.gz and is not packed by gzip/);
  writeFileSync(file, gzipSync(text).subarray(0, 15));
  expect(() => readText(file)).toThrow(/a\.csv\.gz is packed by gzip and damaged/);
});
