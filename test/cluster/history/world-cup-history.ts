import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DemandHistory, type HistoricSale, type HistoryAsk, stepSeconds, withPeak } from './demand-history.ts';
import { madeUpHistory } from './made-up-history.ts';
import { type MinuteCounts, squeezeMatches } from './squeeze-matches.ts';

/** Folder beside the repository, because the licence does not allow it inside. */
const folder = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'worldcup98');

const squeeze = { minutesBefore: 30, minutesAfter: 180, ratio: 20 } as const;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The last match of its kind with a similar one before it; it must rise to ≥ 2.5 × its demand at kick-off. */
const liveKickOff = Date.parse('1998-06-24T14:00:00Z');

/** Reads the real log when it is beside the repository; otherwise makes up traffic and prints a warning. */
export function demandHistory(ask: HistoryAsk): DemandHistory {
  if (hasWorldCup()) return worldCupHistory(ask);
  process.stderr.write(`${folder} is absent: THIS RUN USES MADE-UP TRAFFIC, not the real request log\n`);
  return madeUpHistory(ask);
}

export function hasWorldCup(): boolean {
  return existsSync(path.join(folder, 'matches.csv'));
}

/**
 * The request log of the 1998 World Cup web site, moved so that the live match kicks off at `t0`; each match is a sale of
 * 9 minutes, from its kick-off to 180 original minutes later.
 * @throws RangeError when the live match does not rise enough to prove anything
 */
export function worldCupHistory({ t0, days = 28, minutesAfter = 90 }: HistoryAsk): DemandHistory {
  const minutes = readMinutes();
  const kickOffs = readKickOffs();
  const rise = peakOverKickOff(minutes, liveKickOff);
  if (rise < 2.5)
    throw new RangeError(`the live match rises ${rise.toFixed(2)} times over its kick-off, must be ≥ 2.5`);

  const shift = t0 - liveKickOff;
  const rateAt = squeezeMatches(minutes, kickOffs, squeeze);
  const start = t0 - days * dayMs;
  const steps = Math.round((t0 + minutesAfter * minuteMs - start) / (stepSeconds * 1000));
  const values = Array.from({ length: steps }, (_, i) => rateAt(start - shift + i * stepSeconds * 1000, stepSeconds));
  const demand = { start, stepSeconds, values };
  const sales = kickOffs.map(kickOff => toSale(kickOff, shift));
  const sale = sales.find(candidate => candidate.start === t0);
  if (sale === undefined) throw new RangeError('the live match is not among the matches');
  return {
    origin: `World Cup 98 request log, match of ${new Date(liveKickOff).toISOString()} kicking off at ${new Date(t0).toISOString()}`,
    demand,
    sale: withPeak(sale, demand),
    pastSales: sales
      .filter(candidate => candidate.end < t0 && candidate.start > start + hourMs)
      .map(candidate => withPeak(candidate, demand)),
  };
}

/** Highest mean of 10 original minutes in the window ÷ the 10 around the kick-off. */
function peakOverKickOff(minutes: MinuteCounts, kickOff: number): number {
  const mean = (from: number) => meanCount(minutes, kickOff + from * minuteMs, 10);
  return Math.max(...Array.from({ length: 170 }, (_, minute) => mean(minute))) / mean(-5);
}

function meanCount({ start, counts }: MinuteCounts, from: number, minutes: number): number {
  const first = (from - start) / minuteMs;
  return counts.slice(first, first + minutes).reduce((sum, count) => sum + count, 0) / minutes;
}

function toSale(kickOff: number, shift: number): HistoricSale {
  const start = kickOff + shift;
  const name = `match-${new Date(kickOff).toISOString().slice(0, 16).replace(/[T:]/g, '-').toLowerCase()}`;
  return { name, start, end: start + (squeeze.minutesAfter / squeeze.ratio) * minuteMs };
}

function readMinutes(): MinuteCounts {
  const lines = gunzipSync(readFileSync(path.join(folder, 'requests_1min.csv.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','));
  const start = Date.parse(lines[0]?.[0] ?? '');
  const counts: number[] = [];
  for (const [timestamp = '', value] of lines) counts[(Date.parse(timestamp) - start) / minuteMs] = Number(value);
  return { start, counts };
}

/** Reads the kick-offs, ascending; matches that kick off together count once. */
function readKickOffs(): readonly number[] {
  const lines = readFileSync(path.join(folder, 'matches.csv'), 'utf8').trim().split('\n').slice(1);
  return [...new Set(lines.map(line => Date.parse(line.slice(0, line.indexOf(',')))))].sort((a, b) => a - b);
}
