import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Series } from '../../../forecasts/index.ts';

/** Folder of real request histories beside the repository; not part of it, because their licences differ. */
const folder = path.join(import.meta.dirname, '../../../../shared/data');

/** The reason why the real histories cannot be used, or undefined when they are present. */
export const realDataMissing = existsSync(folder) ? undefined : '../shared/data is not beside the repository';

/** Reads a text file below ../shared/data; unpacks it when its name ends in .gz. */
export function readRealData(file: string): string {
  const bytes = readFileSync(path.join(folder, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/**
 * Reads a `timestamp,value` file as a regular series; missing steps are gaps, and the last of duplicate times counts.
 */
export function readRealSeries(file: string, stepSeconds: number): Series {
  const rows = readRealData(file).trim().split('\n').slice(1);
  const times = rows.map(row => Date.parse(row.slice(0, row.indexOf(','))));
  const start = times[0] ?? 0;
  const stepMs = stepSeconds * 1000;
  const values: (number | null)[] = [];
  rows.forEach((row, i) => {
    const at = Math.round(((times[i] ?? start) - start) / stepMs);
    const text = row.slice(row.indexOf(',') + 1).trim();
    while (values.length < at) values.push(null);
    values[at] = text === '' ? null : Number(text);
  });
  return { start, stepSeconds, values };
}
