import type { Event } from '../../event.ts';

/** The events of a fit and the requested ones, sorted so that a look-up does not grow with their number. */
export interface KnownEvents {
  readonly requested: readonly Event[];
  /** The events that overlap the time from `from` to `to` (exclusive), epoch ms. */
  between(from: number, to: number): readonly Event[];
  /** The newest `most` events that ended by `end` (epoch ms), oldest first; of several with the same times, one. */
  endedBy(end: number, most: number): readonly Event[];
}

/** Adds requested events to those of a fit, in time that does not grow with the latter. */
export type RequestEvents = (requested: readonly Event[]) => KnownEvents;

/**
 * Sorts the events of a fit. A requested event replaces a known one of the same id, unless that one ended before the
 * requested one starts: then it is an earlier run of the same sale.
 */
export function knownEvents(events: readonly Event[]): RequestEvents {
  const fitted = sortedEvents(events);
  return requested => {
    const added = sortedEvents(requested);
    const byId = Map.groupBy(requested, ({ id }) => id);
    const isKept = ({ id, end }: Event) => !byId.get(id)?.some(({ start }) => end > start);
    const both = (from: Iterable<Event>, more: Iterable<Event>) => [...[...from].filter(isKept), ...more];
    return {
      requested,
      between: (from, to) => both(fitted.between(from, to), added.between(from, to)),
      endedBy: (end, most) =>
        both(firstOf(fitted.endedBy(end), most, isKept), firstOf(added.endedBy(end), most))
          .sort((a, b) => a.start - b.start)
          .slice(-most),
    };
  };
}

/** Events in order of their start, newest first in what is found. */
interface SortedEvents {
  between(from: number, to: number): Iterable<Event>;
  endedBy(end: number): Iterable<Event>;
}

function sortedEvents(events: readonly Event[]): SortedEvents {
  const sorted = events.toSorted(byTimes);
  const latestEnd = new Float64Array(sorted.length);
  sorted.forEach(({ end }, i) => {
    latestEnd[i] = Math.max(end, latestEnd[i - 1] ?? end);
  });
  const startedBefore = (time: number) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as Event).start < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    *between(from, to) {
      for (let i = startedBefore(to) - 1; i >= 0 && (latestEnd[i] as number) > from; i--) {
        const event = sorted[i] as Event;
        if (event.end > from) yield event;
      }
    },
    *endedBy(end) {
      for (let i = startedBefore(end) - 1; i >= 0; i--) {
        const event = sorted[i] as Event;
        if (event.end <= end && !isTwin(event, sorted[i + 1])) yield event;
      }
    },
  };
}

/** By start, then by end; of twins, one that states a peak comes last. */
function byTimes(a: Event, b: Event): number {
  return a.start - b.start || a.end - b.end || Number(isStated(a)) - Number(isStated(b));
}

function isStated({ statedPeakRatio }: Event): boolean {
  return statedPeakRatio !== undefined;
}

/** Whether two events have the same times: what was measured of them is the same, and witnesses once. */
function isTwin(event: Event, next: Event | undefined): boolean {
  return next?.start === event.start && next.end === event.end;
}

function firstOf(events: Iterable<Event>, most: number, isKept: (event: Event) => boolean = () => true): Event[] {
  const first: Event[] = [];
  for (const event of events) {
    if (first.length === most) break;
    if (isKept(event)) first.push(event);
  }
  return first;
}
