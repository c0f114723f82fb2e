import type { Event, Series } from '../../../forecasts/index.ts';
import { readRealData, readRealSeries } from './real-data.ts';

const minuteMs = 60_000;

/** Requests per minute of the 1998 World Cup site, and its matches as announced sales: one event per kick-off time. */
export function readWorldcup(): { readonly history: Series; readonly slots: readonly Event[] } {
  return { history: readRealSeries('worldcup98/requests_1min.csv.gz', 60), slots: readSlots() };
}

function readSlots(): readonly Event[] {
  const played = new Map<string, number>();
  const slots = new Map<number, { end: number; matches: number; round: number }>();
  for (const row of readRealData('worldcup98/matches.csv').trim().split('\n').slice(1)) {
    const [kickoff = '', end = '', , home = '', away = ''] = row.replaceAll('"', '').split(',');
    const round = Math.max(played.get(home) ?? 0, played.get(away) ?? 0) + 1;
    played.set(home, round);
    played.set(away, round);
    const start = Date.parse(kickoff);
    slots.set(start, { end: Date.parse(end), matches: (slots.get(start)?.matches ?? 0) + 1, round });
  }
  return [...slots]
    .sort(([a], [b]) => a - b)
    .map(([start, { end, matches, round }]) => ({
      id: new Date(start).toISOString(),
      start,
      end: Math.max(end, start + 105 * minuteMs),
      features: { matches, round: `round ${round}` },
    }));
}
