import type { Event } from '../event.ts';
import { memoize } from '../memoize.ts';
import type { Present } from '../present.ts';
import { studentQuantile } from '../statistics/student-quantile.ts';
import { areSame, keepRecords } from './blend/keep-records.ts';
import { clockOf } from './event-clock.ts';
import { type EventTraits, followsMs, traitsOf } from './event-features.ts';
import { type LearnInput, learnUplift } from './learn-uplift.ts';
import { type LiveSpread, liveSpread } from './live-spread.ts';
import type { KnownEvents } from './past/known-events.ts';
import { anchorAt } from './past/past-uplifts.ts';
import type { Uplift } from './uplift.ts';
import { type UpliftSpread, upliftSpread } from './uplift-spread.ts';

/** A learned uplift with its spread before the start and while the event runs. */
export interface LearnedUplift {
  readonly uplift: Uplift;
  readonly before: UpliftSpread;
  /** The spread while the event runs; computed on the first call. */
  readonly live: () => LiveSpread;
  /** Quantile of Student's t at a level, for degrees of freedom rounded to whole numbers; cached. */
  readonly quantile: (level: number) => (degrees: number) => number;
}

/** Learns the uplift of `event` as known at `origin` (epoch ms), from the `known` events that ended before the fit. */
export type LearnUplift = (present: Present, event: Event, known: KnownEvents, origin: number) => LearnedUplift;

const mostKept = 8;

/**
 * `learnUplift` for one fit with a cache of results: while a sale runs, its curve is fixed and each reconcile computes
 * only the correction.
 */
export function recallUplift(): LearnUplift {
  const kept: CacheEntry[] = [];
  const isSame = sameEvents();
  const quantile = memoize(level => {
    const whole = memoize(degrees => studentQuantile(level, degrees));
    return (degrees: number) => whole(Math.max(1, Math.round(degrees)));
  });
  const recordFor = keepRecords(isSame);
  return (present, event, known, origin) => {
    const anchor = anchorAt(present, origin);
    const beside = known.between(event.start - followsMs, event.start + 1);
    const own = traitsOf(event, beside, present.fitted.samples.clock);
    const early = known.requested.filter(({ start }) => start < present.tail.start);
    const found = kept.find(
      other =>
        other.origin === origin &&
        Object.is(other.anchor, anchor) &&
        isSame(other.own.event, event) &&
        other.own.follows === own.follows &&
        other.own.concurrent === own.concurrent &&
        areSame(isSame, other.early, early),
    );
    if (found) return found.learned;
    const clock = clockOf(event, present.fitted.samples.stepMs);
    const record = recordFor({ present, clock, known, early });
    const learned = { ...learnAll(present, { clock, own, record, origin }), quantile };
    if (kept.length >= mostKept) kept.length = 0;
    kept.push({ origin, anchor, own, early, learned });
    return learned;
  };
}

/** The arguments and the result of one call. */
interface CacheEntry {
  readonly origin: number;
  readonly anchor: number;
  readonly own: EventTraits;
  /** Requested events that start before the end of the fit: they may change what past events teach. */
  readonly early: readonly Event[];
  readonly learned: LearnedUplift;
}

function learnAll(present: Present, input: LearnInput): Omit<LearnedUplift, 'quantile'> {
  const uplift = learnUplift(present, input);
  const before = upliftSpread(uplift);
  let live: LiveSpread | undefined;
  return {
    uplift,
    before,
    live: () => {
      live ??= liveSpread(uplift, before);
      return live;
    },
  };
}

/** Compares events by content; fingerprints are cached per event object. */
function sameEvents(): (a: Event, b: Event) => boolean {
  const fingerprints = new WeakMap<Event, string>();
  const fingerprintOf = (event: Event) => {
    const print = fingerprints.get(event) ?? fingerprint(event);
    fingerprints.set(event, print);
    return print;
  };
  return (a, b) => a === b || fingerprintOf(a) === fingerprintOf(b);
}

function fingerprint({ id, start, end, statedPeakRatio, features, similarTo }: Event): string {
  return `${id} ${start} ${end} ${statedPeakRatio} ${JSON.stringify([features, similarTo])}`;
}
