import { zoneOffsetMs } from '../api/instant.ts';

/** An offset of a zone's clocks, and since when it counts. */
export interface ZoneOffset {
  /** Epoch ms. */
  readonly from: number;
  /** Local time less UTC, ms. */
  readonly offsetMs: number;
}

const minuteMs = 60_000;
/** Changes of a clock are looked for this far apart; no zone has had two within it since 1970. */
const probeMs = 7 * 86_400_000;

/** Tables by zone and years: a table takes some milliseconds, and few are asked for. */
const tables = new Map<string, readonly ZoneOffset[]>();
const mostTables = 200;

/**
 * The offsets of a zone from the year of `from` to that of `until` (epoch ms), to the minute; the same table for the
 * same years.
 *
 * @throws RangeError when the zone is unknown
 */
export function zoneOffsets(timeZone: string, { from, until }: Years): readonly ZoneOffset[] {
  const first = new Date(from).getUTCFullYear();
  const last = new Date(until).getUTCFullYear();
  const key = `${timeZone} ${first} ${last}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const made = offsetsBetween(timeZone, Date.UTC(first, 0), Date.UTC(last + 1, 0));
  if (tables.size >= mostTables) tables.clear();
  tables.set(key, made);
  return made;
}

/** A span of time, epoch ms; its years count in full. */
export interface Years {
  readonly from: number;
  readonly until: number;
}

function offsetsBetween(timeZone: string, from: number, until: number): readonly ZoneOffset[] {
  const offsets: ZoneOffset[] = [{ from, offsetMs: zoneOffsetMs(from, timeZone) }];
  for (let time = from; time < until; time += probeMs) {
    const before = zoneOffsetMs(time, timeZone);
    const after = zoneOffsetMs(time + probeMs, timeZone);
    if (before !== after) offsets.push({ from: changeWithin(timeZone, time, time + probeMs), offsetMs: after });
  }
  return offsets;
}

/** The first minute (epoch ms) with the offset that counts at `high`; another one counts at `low`. */
function changeWithin(timeZone: string, low: number, high: number): number {
  const before = zoneOffsetMs(low, timeZone);
  let [from, to] = [low, high];
  while (to - from > minuteMs) {
    const middle = from + Math.floor((to - from) / minuteMs / 2) * minuteMs;
    if (zoneOffsetMs(middle, timeZone) === before) from = middle;
    else to = middle;
  }
  return to;
}
