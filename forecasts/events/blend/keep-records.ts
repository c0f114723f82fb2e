import type { Event } from '../../event.ts';
import { middleLevelAt, type Present } from '../../present.ts';
import type { EventClock } from '../event-clock.ts';
import { asNamedBy, followsMs, isNamedBy, traitsOf } from '../event-features.ts';
import type { KnownEvents } from '../past/known-events.ts';
import { type PastRecord, pastRecord } from './past-record.ts';

/** Older events than these would hardly count. */
const mostPastEvents = 40;
/** Number of records kept per fit: sales of a shop mostly have one of two durations. */
const mostKept = 2;

/** What a record of past events depends on, within one fit. */
export interface RecordInput {
  readonly present: Present;
  readonly clock: EventClock;
  readonly known: KnownEvents;
  /** The requested events that start before the end of the fit. */
  readonly early: readonly Event[];
}

/** Compares two events by content. */
export type SameEvent = (a: Event, b: Event) => boolean;

/**
 * Records the newest 40 events, and older ones that the event names, that ended before the end of the fit and the start of the event to forecast; keeps the
 * last records, since they are the same for all sales of one duration.
 */
export function keepRecords(isSame: SameEvent): (input: RecordInput) => PastRecord {
  const kept: {
    readonly durationMs: number;
    readonly end: number;
    readonly naming: string;
    early: readonly Event[];
    record: PastRecord;
  }[] = [];
  return ({ present, clock, known, early }) => {
    const { start, end: eventEnd } = clock.event;
    const durationMs = eventEnd - start;
    const end = Math.min(present.tail.start, start);
    // a sale that names past ones lends them its properties
    const { similarTo, features } = clock.event;
    const naming = similarTo === undefined ? '' : JSON.stringify([similarTo, features]);
    const found = kept.find(
      other =>
        other.durationMs === durationMs &&
        other.end === end &&
        other.naming === naming &&
        areSame(isSame, other.early, early),
    );
    if (found) return found.record;
    const newest = known.endedBy(end, mostPastEvents);
    const named = similarTo === undefined ? [] : known.endedBy(end, Number.MAX_SAFE_INTEGER);
    const older = named.filter(event => isNamedBy(clock.event, event) && !newest.includes(event));
    const past = [...older, ...newest];
    const record = pastRecord(present.fitted, clock, past, {
      traitsOf: event => {
        const beside = known.between(event.start - followsMs, event.start + 1);
        return traitsOf(asNamedBy(clock.event, event), beside, present.fitted.samples.clock);
      },
      levelAt: time => middleLevelAt(present, time),
    });
    if (kept.length >= mostKept) kept.shift();
    kept.push({ durationMs, end, naming, early, record });
    return record;
  };
}

/** Compares two lists of events by content. */
export function areSame(isSame: SameEvent, some: readonly Event[], others: readonly Event[]): boolean {
  return some.length === others.length && some.every((event, i) => isSame(event, others[i] as Event));
}
