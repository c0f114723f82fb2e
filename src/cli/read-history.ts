import { readFileSync } from 'node:fs';
import type { Series } from '../../forecasts/index.ts';
import { isInstant, parseInstant } from '../api/instant.ts';

/** More steps than this in one file are a mistake in its timestamps (1 s over a year, say). */
const mostSteps = 5_000_000;
const longestStepMs = 7 * 86_400_000;

/**
 * A `timestamp,value` CSV as a series: each row the mean of requests a second over the step that begins at its timestamp,
 * in RFC 3339 with an offset or in seconds since 1970, oldest first. The step is the commonest distance of two rows; a
 * missing row and an empty value are gaps. A header line and lines that begin with # are skipped.
 *
 * @throws Error naming file and line, when a row is not that
 */
export function readHistory(file: string): Series {
  const rows = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((text, index) => ({ text: text.trim(), where: `${file}:${index + 1}` }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'))
    .filter(({ text }, index) => index > 0 || !/^[A-Za-z_ "]+,/.test(text))
    .map(parseRow);
  const [first, second] = rows;
  if (first === undefined || second === undefined) {
    throw new Error(`${file}: needs two rows of timestamp,value at least, has ${rows.length}`);
  }
  const stepMs = commonestStep(rows);
  if (!(stepMs >= 1000 && stepMs <= longestStepMs)) {
    throw new Error(`${file}: rows lie a step of ${stepMs / 1000} s apart: expected one second to a week`);
  }
  const last = rows.at(-1) ?? first;
  const steps = Math.round((last.at - first.at) / stepMs) + 1;
  if (steps > mostSteps) {
    throw new Error(`${file}: ${steps} steps of ${stepMs / 1000} s from ${first.where} to ${last.where} are too many`);
  }
  const values = new Array<number | null>(steps).fill(null);
  for (const { at, value, where } of rows) {
    const step = (at - first.at) / stepMs;
    if (!Number.isInteger(step)) throw new Error(`${where}: the timestamp is off the step of ${stepMs / 1000} s`);
    values[step] = value;
  }
  return { start: first.at, stepSeconds: stepMs / 1000, values };
}

interface Row {
  readonly at: number;
  readonly value: number | null;
  readonly where: string;
}

function parseRow({ text, where }: { readonly text: string; readonly where: string }): Row {
  const [time = '', amount, ...more] = text.split(',').map(cell => cell.trim());
  if (amount === undefined || more.length > 0) throw new Error(`${where}: expected timestamp,value, got "${text}"`);
  const at = /^\d{9,11}(\.\d+)?$/.test(time) ? Number(time) * 1000 : isInstant(time) ? parseInstant(time) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new Error(`${where}: "${time}" is no timestamp: expected 2026-11-27T20:00:00+01:00 or seconds since 1970`);
  }
  const isGap = amount === '' || /^(nan|null)$/i.test(amount);
  const value = isGap ? null : Number(amount);
  if (value !== null && !Number.isFinite(value))
    throw new Error(`${where}: "${amount}" is no number of requests a second`);
  return { at, value, where };
}

function commonestStep(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const [index, { at, where }] of rows.entries()) {
    const before = rows[index - 1];
    if (before === undefined) continue;
    const distance = at - before.at;
    if (distance <= 0)
      throw new Error(`${where}: the timestamp is not after the one before: rows must be sorted and single`);
    counts.set(distance, (counts.get(distance) ?? 0) + 1);
  }
  const [[step] = [60_000]] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return step;
}
