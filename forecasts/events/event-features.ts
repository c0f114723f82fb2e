import { type LocalClock, localDay, utcClock } from '../clock/local-clock.ts';
import type { Event } from '../event.ts';
import { isWeekend } from '../series/weekday.ts';
import { distanceInWords, featureOf, isNumber, wordsOf } from './feature-distance.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** An event that starts within this time after another one `follows` it: visitors are already there. */
export const followsMs = 8 * hourMs;

/** Properties of an event that are derived from its times, in addition to its `features`. */
export interface EventTraits {
  readonly event: Event;
  /** Whether it starts on a Saturday, a Sunday or a holiday, in local time. */
  readonly weekend: boolean;
  /** Name of the holiday on which it starts. */
  readonly holiday?: string;
  /** Zone of the local time: `UTC`, `Europe/Berlin`. */
  readonly timeZone: string;
  /** Hours since local midnight of the start, 0–24. */
  readonly hour: number;
  /** Whether another event started in the eight hours before. */
  readonly follows: boolean;
  /** Number of other events running at the start. */
  readonly concurrent: number;
  /** Natural logarithm of the duration in ms. */
  readonly logDuration: number;
}

/** Derives the traits of `event` among all `known` events, in the local time of `clock`. */
export function traitsOf(event: Event, known: readonly Event[], clock: LocalClock = utcClock): EventTraits {
  const others = known.filter(other => other.id !== event.id || other.start !== event.start);
  const day = localDay(clock, event.start);
  const holiday = clock.holidayOn(day);
  return {
    event,
    timeZone: clock.timeZone,
    weekend: isWeekend(day) || holiday !== undefined,
    ...(holiday === undefined ? {} : { holiday }),
    hour: (event.start + clock.offsetAt(event.start) - day * dayMs) / hourMs,
    follows: others.some(other => other.start < event.start && other.start >= event.start - followsMs),
    concurrent: others.filter(other => other.start <= event.start && other.end > event.start).length,
    logDuration: Math.log(event.end - event.start),
  };
}

/** One regressor of the events' ridge regression, centred on the mean of the past events. */
export interface FeatureColumn {
  readonly name: string;
  /** One value per past event. */
  readonly values: Float64Array;
  /** The value of the event to forecast; one far from the past ones counts less. */
  readonly own: (event: EventTraits) => number;
}

/** How a feature is used: as numbers, as their logarithms, or as words. */
export type FeatureUse = 'number' | 'logarithm' | 'words';

/** The use of each feature of the event to forecast: all that the regressors depend on besides the past events. */
export function featureUses(past: readonly EventTraits[], { event }: EventTraits): ReadonlyMap<string, FeatureUse> {
  const names = Object.keys(event.features).sort();
  return new Map(
    names.map(name => [name, useOf([...past.map(t => featureOf(t.event, name)), featureOf(event, name)])]),
  );
}

function useOf(values: readonly (number | string | undefined)[]): FeatureUse {
  const numbers = values.filter(isNumber);
  if (values.some(value => typeof value === 'string')) return 'words';
  return numbers.every(value => value > 0) && Math.max(...numbers) > 5 * Math.min(...numbers) ? 'logarithm' : 'number';
}

/** The regressors of `past` events. Columns that do not vary are left out: they teach nothing. */
export function featureColumns(
  past: readonly EventTraits[],
  uses: ReadonlyMap<string, FeatureUse>,
  dayKinds = 1,
): readonly FeatureColumn[] {
  const column = (name: string, of: (t: EventTraits) => number, doubt = 0): FeatureColumn[] => {
    const values = Float64Array.from(past, of);
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, past.length);
    if (values.every(value => value === values[0])) return [];
    const own = (t: EventTraits) => (of(t) - mean) / (1 + doubt * (of(t) - mean) ** 2);
    return [{ name, values: values.map(value => value - mean), own }];
  };
  const has = (t: EventTraits, name: string, word: string) => wordsOf(featureOf(t.event, name)).includes(word);
  return [
    ...column('weekend', t => (t.weekend ? dayKinds : 0)),
    ...column('follows', t => (t.follows ? 1 : 0)),
    ...column('concurrent', t => Math.min(3, t.concurrent)),
    ...column('hour', t => t.hour / 4),
    ...column('duration', t => t.logDuration),
    ...[...uses].flatMap(([name, use]) => {
      if (use !== 'words') return numericColumn({ past, name, use, column });
      const words = new Set(past.flatMap(t => wordsOf(featureOf(t.event, name))));
      return [...words].flatMap(word => column(`${name}=${word}`, t => (has(t, name, word) ? 1 : 0)));
    }),
  ];
}

/**
 * Prior precision of a feature's coefficient, as a number of events; a value of the event to forecast far from the past
 * ones counts as if it had been among those that the feature is standardized by.
 */
export const featurePrecision = 2;

/** Largest standardized value, so that its square is finite. */
const farthest = 1e6;

/** Standardizes a numeric feature, or its logarithm; missing = the mean (0). */
function numericColumn({
  past,
  name,
  use,
  column,
}: {
  readonly past: readonly EventTraits[];
  readonly name: string;
  readonly use: FeatureUse;
  readonly column: (name: string, of: (t: EventTraits) => number, doubt: number) => FeatureColumn[];
}): FeatureColumn[] {
  const scaled = (t: EventTraits) => {
    const value = featureOf(t.event, name);
    return isNumber(value) ? (use === 'logarithm' ? Math.log(value) : value) : Number.NaN;
  };
  const known = past.map(scaled).filter(value => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length));
  if (!(spread > 0)) return [];
  const doubt = featurePrecision / known.length / (known.length + featurePrecision);
  const standardized = (value: number) => Math.max(-farthest, Math.min(farthest, (value - mean) / spread));
  return column(name, t => (Number.isNaN(scaled(t)) ? 0 : standardized(scaled(t))), doubt);
}

/** Similarity of events on a weekend and on a working day, where past events show that these differ. */
export const otherDayLikeness = 0.05;

/** Similarity of two events, 0–1: the weight of one as an analogue of the other, before recency. */
export function likeness(a: EventTraits, b: EventTraits, dayKinds = 1): number {
  const isNamed = isNamedBy(a.event, b.event);
  let alike = isNamed ? 1 : Math.exp(-hoursApart(a.hour, b.hour) / 3);
  if (a.weekend !== b.weekend && !isNamed) alike *= otherDayLikeness ** dayKinds;
  if (a.follows !== b.follows) alike *= 0.2;
  if (a.concurrent !== b.concurrent) alike *= 0.3;
  alike *= Math.exp(-Math.abs(a.logDuration - b.logDuration));
  return alike * Math.exp(-distanceInWords(a.event, b.event));
}

/** Whether an event names a past one as of its kind. */
export function isNamedBy({ similarTo }: Event, past: Event): boolean {
  return similarTo?.includes(past.id) ?? false;
}

/** The past event with the words of an event that names it as of its kind; its numbers stay its own. */
export function asNamedBy(event: Event, past: Event): Event {
  if (!isNamedBy(event, past)) return past;
  const words = Object.entries(event.features).filter(([, value]) => typeof value === 'string');
  return { ...past, features: { ...past.features, ...Object.fromEntries(words) } };
}

/** Hours between two times of day, 0–12. */
export function hoursApart(a: number, b: number): number {
  const hours = Math.abs(a - b);
  return Math.min(hours, 24 - hours);
}
