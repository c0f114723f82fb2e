import type { Event } from '../event.ts';
import { isWeekend } from '../series/weekday.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** An event that starts within this time after another one `follows` it: visitors are already there. */
const followsMs = 8 * hourMs;

/** Properties of an event that are derived from its times, in addition to its `features`. */
export interface EventTraits {
  readonly event: Event;
  readonly weekend: boolean;
  /** Hours since midnight UTC of the start, 0–24. */
  readonly hour: number;
  /** Whether another event started in the eight hours before. */
  readonly follows: boolean;
  /** Number of other events running at the start. */
  readonly concurrent: number;
  /** Natural logarithm of the duration in ms. */
  readonly logDuration: number;
}

/** Derives the traits of `event` among all `known` events. */
export function traitsOf(event: Event, known: readonly Event[]): EventTraits {
  const others = known.filter(other => other.id !== event.id || other.start !== event.start);
  const day = Math.floor(event.start / dayMs);
  return {
    event,
    weekend: isWeekend(day),
    hour: (event.start - day * dayMs) / hourMs,
    follows: others.some(other => other.start < event.start && other.start >= event.start - followsMs),
    concurrent: others.filter(other => other.start <= event.start && other.end > event.start).length,
    logDuration: Math.log(event.end - event.start),
  };
}

/** One regressor of the events' ridge regression. */
export interface FeatureColumn {
  readonly name: string;
  /** One value per past event, then that of the event to forecast. */
  readonly values: Float64Array;
}

/**
 * The regressors for `traits` (past events, then the event to forecast), each centred on the mean of the past events.
 * Columns that do not vary are left out.
 */
export function featureColumns(traits: readonly EventTraits[]): readonly FeatureColumn[] {
  const upcoming = traits.at(-1);
  if (upcoming === undefined) return [];
  const column = (name: string, of: (t: EventTraits) => number): FeatureColumn[] => {
    const values = Float64Array.from(traits, of);
    const past = values.subarray(0, -1);
    const mean = past.reduce((sum, value) => sum + value, 0) / Math.max(1, past.length);
    return values.some(value => value !== values[0]) ? [{ name, values: values.map(value => value - mean) }] : [];
  };
  return [
    ...column('weekend', t => (t.weekend ? 1 : 0)),
    ...column('follows', t => (t.follows ? 1 : 0)),
    ...column('concurrent', t => Math.min(3, t.concurrent)),
    ...column('hour', t => t.hour / 4),
    ...column('duration', t => t.logDuration),
    ...statedColumns(traits, upcoming, column),
  ];
}

function statedColumns(
  traits: readonly EventTraits[],
  upcoming: EventTraits,
  column: (name: string, of: (t: EventTraits) => number) => FeatureColumn[],
): FeatureColumn[] {
  return Object.keys(upcoming.event.features)
    .sort()
    .flatMap(name => {
      const values = traits.map(t => featureOf(t.event, name));
      if (values.every(value => typeof value === 'number' || value === undefined))
        return column(
          name,
          numericScale(
            name,
            values.filter(value => typeof value === 'number'),
          ),
        );
      const has = (t: EventTraits, word: string) => wordsOf(featureOf(t.event, name)).includes(word);
      return [...new Set(values.flatMap(wordsOf))].flatMap(word =>
        column(`${name}=${word}`, t => (has(t, word) ? 1 : 0)),
      );
    });
}

/**
 * Standardizes a numeric feature, by its logarithm where values span more than a factor of five; missing = the mean
 * (0).
 */
function numericScale(name: string, known: readonly number[]): (t: EventTraits) => number {
  const log = known.every(value => value > 0) && Math.max(...known) > 5 * Math.min(...known);
  const scaled = known.map(value => (log ? Math.log(value) : value));
  const mean = scaled.reduce((sum, value) => sum + value, 0) / Math.max(1, scaled.length);
  const spread = Math.sqrt(scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, scaled.length));
  return ({ event }) => {
    const value = featureOf(event, name);
    if (typeof value !== 'number' || !(spread > 0)) return 0;
    return ((log ? Math.log(value) : value) - mean) / spread;
  };
}

/** Similarity of two events, 0–1: the weight of one as an analogue of the other, before recency. */
export function likeness(a: EventTraits, b: EventTraits): number {
  let alike = Math.exp(-hoursApart(a.hour, b.hour) / 3);
  if (a.weekend !== b.weekend) alike *= 0.05;
  if (a.follows !== b.follows) alike *= 0.2;
  if (a.concurrent !== b.concurrent) alike *= 0.3;
  alike *= Math.exp(-Math.abs(a.logDuration - b.logDuration));
  return alike * Math.exp(-distanceInWords(a.event, b.event));
}

/** Hours between two times of day, 0–12. */
export function hoursApart(a: number, b: number): number {
  const hours = Math.abs(a - b);
  return Math.min(hours, 24 - hours);
}

/** A feature that the event itself states; undefined for what every object inherits, such as `constructor`. */
export function featureOf({ features }: Event, name: string): number | string | undefined {
  return Object.hasOwn(features, name) ? features[name] : undefined;
}

/** The words of a feature, split at commas. */
export function wordsOf(feature: number | string | undefined): readonly string[] {
  return feature === undefined ? [] : String(feature).split(',');
}

function distanceInWords(a: Event, b: Event): number {
  const names = Object.keys(a.features);
  let distance = 0;
  for (const name of names) {
    const [x, y] = [featureOf(a, name), featureOf(b, name)];
    if (x === y) continue;
    distance +=
      typeof x === 'number' && typeof y === 'number'
        ? 1.75 * Math.abs(Math.log(nearly(x) / nearly(y)))
        : 0.35 * (1 - sharedWords(wordsOf(x), wordsOf(y)));
  }
  return distance / Math.sqrt(Math.max(1, names.length / 2));
}

/** Jaccard index of two lists of words: shared ÷ all distinct words, 0–1. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter(word => b.includes(word)).length;
  return shared / Math.max(1, a.length + b.length - shared);
}

function nearly(value: number): number {
  return Math.max(1e-9, Math.abs(value));
}
