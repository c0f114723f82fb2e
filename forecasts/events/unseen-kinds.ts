import type { Event } from '../event.ts';
import { type EventTraits, featureOf, hoursApart, wordsOf } from './event-features.ts';

const fewHours = 4;

/**
 * Properties of the event to forecast (the last of `traits`) that no past event had, worded to follow "none": "on a
 * weekend", "with categories shoes". Each widens the range. Empty when past events had all properties, or without past
 * events.
 */
export function unseenKinds(traits: readonly EventTraits[]): readonly string[] {
  const upcoming = traits.at(-1);
  const past = traits.slice(0, -1);
  if (upcoming === undefined || past.length === 0) return [];
  const stated = unseenStatements(
    upcoming.event,
    past.map(({ event }) => event),
  );
  return [
    ...calendarKinds(upcoming, past),
    ...sizeKinds(upcoming.event, past),
    ...stated,
    ...featureKinds(upcoming.event, past),
  ];
}

function calendarKinds(upcoming: EventTraits, past: readonly EventTraits[]): string[] {
  const kinds: string[] = [];
  if (past.every(({ weekend }) => weekend !== upcoming.weekend))
    kinds.push(upcoming.weekend ? 'on a weekend' : 'on a working day');
  if (past.every(({ hour }) => hoursApart(hour, upcoming.hour) > fewHours))
    kinds.push(`near ${String(Math.floor(upcoming.hour)).padStart(2, '0')}:00 UTC`);
  if (past.every(({ concurrent }) => concurrent < upcoming.concurrent)) kinds.push('with as many sales at once');
  if (past.every(({ concurrent }) => concurrent > upcoming.concurrent)) kinds.push('with as few sales at once');
  return kinds;
}

function sizeKinds(upcoming: Event, past: readonly EventTraits[]): string[] {
  const durations = past.map(({ event }) => event.end - event.start);
  const longer = beyond(upcoming.end - upcoming.start, durations);
  return longer === undefined ? [] : [longer === 'above' ? 'as long' : 'as short'];
}

/** The unseen kinds that depend on the stated peak: at most one. */
export function unseenStatements(upcoming: Event, past: readonly Event[]): string[] {
  if (upcoming.statedPeakRatio === undefined) return [];
  const statedPeaks = past.flatMap(event => event.statedPeakRatio ?? []);
  const higher = beyond(upcoming.statedPeakRatio, statedPeaks);
  return higher === undefined ? [] : [`with a stated peak as ${higher === 'above' ? 'high' : 'low'}`];
}

function featureKinds(upcoming: Event, past: readonly EventTraits[]): string[] {
  return Object.keys(upcoming.features)
    .sort()
    .flatMap(name => {
      const value = featureOf(upcoming, name);
      const known = past.flatMap(({ event }) => featureOf(event, name) ?? []);
      if (known.length === 0) return [];
      if (typeof value === 'number') {
        const numbers = known.filter(other => typeof other === 'number');
        return beyond(value, numbers) === undefined ? [] : [`with ${name} ${value}`];
      }
      const words = new Set(known.flatMap(wordsOf));
      return wordsOf(value).flatMap(word => (words.has(word) ? [] : [`with ${name} ${word}`]));
    });
}

/** Side on which a value lies outside the known range, by more than half of the range or half of its nearer end. */
function beyond(value: number, known: readonly number[]): 'above' | 'below' | undefined {
  if (known.length === 0) return undefined;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = (edge: number) => Math.max(high - low, Math.abs(edge)) / 2;
  if (value > high + margin(high)) return 'above';
  return value < low - margin(low) ? 'below' : undefined;
}
