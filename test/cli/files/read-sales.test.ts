import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSales } from '../../../src/cli/files/read-sales.ts';
import { readEvents } from '../../../src/cli/forecast/forecast-options.ts';

const root = mkdtempSync(path.join(tmpdir(), 'headstart-sales-'));
afterAll(() => rmSync(root, { recursive: true }));

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(root, 'sales-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const sale = (metadata: string) => `apiVersion: headstart.dev/v1alpha1
kind: FlashSale
metadata: { ${metadata} }
spec:
  startTime: 2026-06-30T20:00:00Z
  endTime: 2026-06-30T22:00:00Z
`;
const namesOf = (places: readonly string[]) => readSales(places).map(({ sale: { metadata } }) => metadata.name);

describe('the sales of several files', () => {
  test.each([
    ['in two files', { 'a.yaml': sale('name: drop'), 'b.yaml': sale('name: drop') }, /b\.yaml:1:1: .*a\.yaml:1/],
    ['twice in one', { 'a.yaml': `${sale('name: drop')}---\n${sale('name: drop')}` }, /a\.yaml:8:1: .*a\.yaml:1/],
    [
      'once with a namespace',
      { 'a.yaml': sale('name: drop, namespace: shop'), 'b.yaml': sale('name: drop') },
      /b\.yaml:1:1: .*a\.yaml:1/,
    ],
  ])('refuses one name %s, for plan and forecast', (_, files, where) => {
    const folder = folderOf(files);
    expect(() => readSales([folder])).toThrow(where);
    expect(() => readEvents(folder)).toThrow(/FlashSale drop is also in .*: remove one, or give it another name/);
  });

  test('takes one name in two namespaces for two sales', () => {
    const folder = folderOf({
      'a.yaml': sale('name: drop, namespace: shop'),
      'b.yaml': sale('name: drop, namespace: b'),
    });
    expect(namesOf([folder])).toEqual(['drop', 'drop']);
  });

  test('reads a file once that is named twice', () => {
    const folder = folderOf({ 'a.yaml': sale('name: drop'), 'b/c.yaml': sale('name: other') });
    expect(namesOf([path.join(folder, 'a.yaml'), folder, path.join(folder, 'b', 'c.yaml')])).toEqual(['drop', 'other']);
  });

  test('names what the API server would name', () => {
    const folder = folderOf({ 'a.yaml': `${sale('generateName: drop-')}---\n${sale('generateName: drop-')}` });
    expect(namesOf([folder])).toEqual(['drop-00001', 'drop-00002']);
  });

  test('refuses the beginning of a name as the API server does', () => {
    const folder = folderOf({ 'a.yaml': sale('generateName: "Cosy Evening-"') });
    expect(() => namesOf([folder])).toThrow(/a\.yaml:\d:\d+: FlashSale .*Cosy Evening/);
  });
});
