import type { Event } from '../event.ts';
import { type EventTraits, hoursApart, wordsOf } from './event-features.ts';

const fewHours = 4;

/**
 * What of the asked event (the last of `traits`) no past one showed, in words that follow "none": "on a week-end", "with
 * categories shoes". Each widens its band. Empty when all of it was seen, and when there is no past event to compare with.
 */
export function unseenKinds(traits: readonly EventTraits[]): readonly string[] {
  const asked = traits.at(-1);
  const past = traits.slice(0, -1);
  if (asked === undefined || past.length === 0) return [];
  return [...calendarKinds(asked, past), ...sizeKinds(asked.event, past), ...featureKinds(asked.event, past)];
}

function calendarKinds(asked: EventTraits, past: readonly EventTraits[]): string[] {
  const kinds: string[] = [];
  if (past.every(({ weekend }) => weekend !== asked.weekend))
    kinds.push(asked.weekend ? 'on a week-end' : 'on a working day');
  if (past.every(({ hour }) => hoursApart(hour, asked.hour) > fewHours))
    kinds.push(`near ${String(Math.floor(asked.hour)).padStart(2, '0')}:00 UTC`);
  if (past.every(({ concurrent }) => concurrent < asked.concurrent)) kinds.push('with so many at once');
  if (past.every(({ concurrent }) => concurrent > asked.concurrent)) kinds.push('with so few at once');
  return kinds;
}

function sizeKinds(asked: Event, past: readonly EventTraits[]): string[] {
  const durations = past.map(({ event }) => event.end - event.start);
  const conditions = past.flatMap(({ event }) => event.statedPeakRatio ?? []);
  const longer = beyond(asked.end - asked.start, durations);
  const higher = asked.statedPeakRatio === undefined ? undefined : beyond(asked.statedPeakRatio, conditions);
  return [
    ...(longer === undefined ? [] : [longer === 'above' ? 'so long' : 'so short']),
    ...(higher === undefined ? [] : [higher === 'above' ? 'stated so high' : 'stated so low']),
  ];
}

function featureKinds(asked: Event, past: readonly EventTraits[]): string[] {
  return Object.keys(asked.features)
    .sort()
    .flatMap(name => {
      const value = asked.features[name];
      const known = past.flatMap(({ event }) => event.features[name] ?? []);
      if (known.length === 0) return [];
      if (typeof value === 'number') {
        const numbers = known.filter(other => typeof other === 'number');
        return beyond(value, numbers) === undefined ? [] : [`with ${name} ${value}`];
      }
      const words = new Set(known.flatMap(wordsOf));
      return wordsOf(value).flatMap(word => (words.has(word) ? [] : [`with ${name} ${word}`]));
    });
}

/** Outside of what is known by more than half of its range, or half of its edge. */
function beyond(value: number, known: readonly number[]): 'above' | 'below' | undefined {
  if (known.length === 0) return undefined;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const margin = (edge: number) => Math.max(high - low, Math.abs(edge)) / 2;
  if (value > high + margin(high)) return 'above';
  return value < low - margin(low) ? 'below' : undefined;
}
