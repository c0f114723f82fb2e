import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { formatInstant } from '../../api/instant.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { type MetricSource, splitRange } from '../../observe/metrics/metric-source.ts';
import { readHistory } from '../files/read-history.ts';

const dayMs = 86_400_000;
/** Age in milliseconds below which points may still change, because stores receive them late. */
const settledMs = 300_000;

/** What a download added to a file. */
export interface Downloaded {
  /** Steps that were written now, with a value or without. */
  readonly steps: number;
  /** Whether the file was there and was continued. */
  readonly isContinued: boolean;
}

/**
 * Downloads the history of a target's query into a CSV file, a day at a time: a row for each step, empty where the
 * store has no value. A file that is there already is continued after its last row, so that a download that was ended
 * goes on where it was.
 *
 * @throws Error when the file has another step, or the source refuses a piece; what came before is kept
 */
export async function downloadHistory(input: {
  readonly source: MetricSource;
  readonly demand: ScalingTarget['spec']['demand'];
  readonly file: string;
  readonly days: number;
  /** Epoch ms. */
  readonly now: number;
  /** Called after each piece with the share (0–1) that is done. */
  readonly onProgress?: (share: number) => void;
}): Promise<Downloaded> {
  const { source, demand, file, days, now, onProgress = () => undefined } = input;
  const { query, stepSeconds } = demand;
  const stepMs = stepSeconds * 1000;
  const isContinued = existsSync(file);
  const wanted = align(now - days * dayMs, stepMs);
  const start = isContinued ? endOf(file, stepSeconds) : wanted;
  const end = align(now - settledMs, stepMs);
  if (!isContinued) writeFileSync(file, 'timestamp,requests_per_second\n');
  if (start >= end) return { steps: 0, isContinued };
  for (const piece of splitRange({ query, start, end, stepSeconds }, Math.max(1, Math.round(dayMs / stepMs)))) {
    const { values } = await source.readRange(piece);
    const rows = values.map((value, i) => `${formatInstant(piece.start + i * stepMs)},${value ?? ''}\n`);
    appendFileSync(file, rows.join(''));
    onProgress((piece.end - start) / (end - start));
  }
  return { steps: (end - start) / stepMs, isContinued };
}

/** The end of the last whole row's step, epoch ms. A row that was cut off is removed. */
function endOf(file: string, stepSeconds: number): number {
  const bytes = readFileSync(file);
  truncateSync(file, bytes.lastIndexOf('\n') + 1);
  const [{ series } = {}] = readHistory(file);
  if (series === undefined || series.stepSeconds !== stepSeconds)
    throw new Error(`${file} has steps of ${series?.stepSeconds} s and the target ${stepSeconds} s: remove the file`);
  return series.start + series.values.length * stepSeconds * 1000;
}

function align(epochMs: number, stepMs: number): number {
  return Math.floor(epochMs / stepMs) * stepMs;
}
