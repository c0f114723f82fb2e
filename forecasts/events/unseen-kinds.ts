import type { Event } from '../event.ts';
import { type EventTraits, hoursApart, isNamedBy } from './event-features.ts';
import { featureOf, wordsOf } from './feature-distance.ts';

const fewHours = 4;

/**
 * Properties of the event to forecast (the last of `traits`) that no past event had, worded to follow "none": "on a
 * weekend", "with categories shoes". Each widens the range. Empty when past events had all properties, or without past
 * events.
 */
export function unseenKinds(traits: readonly EventTraits[]): readonly string[] {
  return namesOf(newsOf(traits));
}

/** All unseen properties. */
export function namesOf({ day, occasion, stated, counted, features }: News): readonly string[] {
  return [...day, ...occasion, ...stated, ...counted, ...features];
}

/**
 * The unseen properties of an event: its kind of day, its occasion (times and sizes), its stated peak, the words of its
 * features that differ from seen ones in their digits alone ("round 3" after "round 2"), and all other words.
 */
export interface News {
  readonly day: readonly string[];
  readonly occasion: readonly string[];
  readonly stated: readonly string[];
  readonly counted: readonly string[];
  readonly features: readonly string[];
}

/** {@link unseenKinds} by what they are properties of. */
export function newsOf(traits: readonly EventTraits[]): News {
  const upcoming = traits.at(-1);
  const past = traits.slice(0, -1);
  if (upcoming === undefined || past.length === 0)
    return { day: [], occasion: [], stated: [], counted: [], features: [] };
  const unseen = featureKinds(upcoming.event, past);
  const stated = unseenStatements(
    upcoming.event,
    past.map(({ event }) => event),
  );
  return {
    day: dayKinds(upcoming, past),
    occasion: [...calendarKinds(upcoming, past), ...sizeKinds(upcoming.event, past), ...unseen.numbers],
    stated,
    counted: unseen.counted,
    features: unseen.words,
  };
}

function dayKinds(upcoming: EventTraits, past: readonly EventTraits[]): string[] {
  if (past.some(({ weekend, event }) => weekend === upcoming.weekend || isNamedBy(upcoming.event, event))) return [];
  if (upcoming.holiday !== undefined) return [`on a day off such as ${upcoming.holiday}`];
  return [upcoming.weekend ? 'on a weekend' : 'on a working day'];
}

function calendarKinds(upcoming: EventTraits, past: readonly EventTraits[]): string[] {
  const kinds: string[] = [];
  const isAtHome = past.some(({ event }) => isNamedBy(upcoming.event, event));
  if (!isAtHome && past.every(({ hour }) => hoursApart(hour, upcoming.hour) > fewHours))
    kinds.push(`near ${String(Math.floor(upcoming.hour)).padStart(2, '0')}:00 ${upcoming.timeZone}`);
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

/** Unseen features, by how far they are from seen ones. */
interface UnseenFeatures {
  /** Numbers beyond the range of the past ones. */
  readonly numbers: string[];
  /** Words that continue a count: they differ from seen ones in their digits alone. */
  readonly counted: string[];
  /** Other words that no past event had. */
  readonly words: string[];
}

function featureKinds(upcoming: Event, past: readonly EventTraits[]): UnseenFeatures {
  const unseen: UnseenFeatures = { numbers: [], counted: [], words: [] };
  for (const name of Object.keys(upcoming.features).sort()) {
    const value = featureOf(upcoming, name);
    const known = past.flatMap(({ event }) => featureOf(event, name) ?? []);
    if (known.length === 0) continue;
    if (typeof value === 'number') {
      const range = known.filter(other => typeof other === 'number');
      if (beyond(value, range) !== undefined) unseen.numbers.push(`with ${name} ${value}`);
    } else {
      for (const { word, kind } of unseenWords(wordsOf(value), new Set(known.flatMap(wordsOf))))
        unseen[kind].push(`with ${name} ${word}`);
    }
  }
  return unseen;
}

function unseenWords(words: readonly string[], seen: ReadonlySet<string>) {
  const counts = new Set([...seen].filter(word => /\d/.test(word)).map(withoutDigits));
  const unseen = words.filter(word => !seen.has(word));
  return unseen.map(word => ({
    word,
    kind: counts.has(withoutDigits(word)) ? ('counted' as const) : ('words' as const),
  }));
}

function withoutDigits(word: string): string {
  return word.replace(/\d+/g, '0');
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
