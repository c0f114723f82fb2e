import type { EventsV1Event } from '@kubernetes/client-node';
import type { Clock } from '../../api/clock.ts';
import { isApiError } from '../api-error.ts';
import type { Resource } from '../resources/resource.ts';
import { formatMicroTime, type Wire } from '../resources/wire.ts';
import { type EventDraft, type EventSeries, toEvent } from './event-draft.ts';

export type { EventDraft } from './event-draft.ts';

export interface EventRecorderOptions {
  readonly events: Pick<Resource<Wire<EventsV1Event>>, 'create' | 'merge'>;
  /** The pod's name. */
  readonly instance: string;
  /** Domain time, which the Events carry. */
  readonly clock: Pick<Clock, 'now'>;
  /** Called with the error when an Event cannot be recorded; the caller of `recordEvent` never sees it. */
  readonly onError?: (error: unknown) => void;
  /** Seconds within which equal events become one Event with a count. @default 600 */
  readonly windowSeconds?: number;
  /** Seconds between two writes of the count of a running series. @default 60 */
  readonly seriesSeconds?: number;
}

/**
 * Records Events without delaying or failing its caller. An Event that repeats within the window becomes a count on the
 * first Event (`series`); from the eleventh text of one reason on, further texts are counted on one Event "combined
 * from similar events".
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export class EventRecorder {
  readonly #options: Required<Omit<EventRecorderOptions, 'onError'>> & Pick<EventRecorderOptions, 'onError'>;
  /** Series that differ only in their text, by what they have in common. */
  readonly #families = new Map<string, EventSeries[]>();
  #sending: Promise<void> = Promise.resolve();
  #waiting = 0;
  #recorded = 0;
  #forgotAt = Number.NEGATIVE_INFINITY;

  constructor(options: EventRecorderOptions) {
    this.#options = { windowSeconds: 600, seriesSeconds: 60, ...options };
  }

  /** Queues an Event; returns at once and never throws. */
  recordEvent(draft: EventDraft): void {
    try {
      this.#count(draft, this.#options.clock.now());
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  /** Resolves when everything recorded so far, including running counts, has been sent or has failed. */
  async flush(): Promise<void> {
    await this.#sending;
    for (const series of [...this.#families.values()].flat())
      if (series.count > series.writtenCount) this.#send(series);
    await this.#sending;
  }

  #count(draft: EventDraft, now: number): void {
    this.#forget(now);
    const series = this.#seriesOf(draft, now);
    series.count += 1;
    series.lastAt = now;
    const isDue = series.count <= 2 || now - series.writtenAt >= this.#options.seriesSeconds * 1000;
    if (!isDue) return;
    series.writtenAt = now;
    this.#send(series);
  }

  #seriesOf(draft: EventDraft, now: number): EventSeries {
    const family = familyOf(draft);
    const alike = this.#families.get(family) ?? [];
    const known = alike.find(series => series.note === draft.note) ?? alike[maxWordings];
    if (known !== undefined) return known;
    const isFlood = alike.length === maxWordings;
    const series: EventSeries = {
      name: this.#nameOf(draft, now),
      draft: draft,
      note: isFlood ? `(combined from similar events) ${draft.note}` : draft.note,
      firstAt: now,
      lastAt: now,
      writtenAt: Number.NEGATIVE_INFINITY,
      count: 0,
      writtenCount: 0,
    };
    this.#families.set(family, [...alike, series]);
    return series;
  }

  /** Sends Events one after the other; when too many are waiting, drops the Event and reports it to `onError`. */
  #send(series: EventSeries): void {
    if (this.#waiting >= maxWaiting) {
      this.#options.onError?.(new Error(`${maxWaiting} events wait to be sent: ${series.draft.reason} is dropped`));
      return;
    }
    this.#waiting += 1;
    this.#sending = this.#sending
      .then(() => this.#write(series))
      .catch((error: unknown) => this.#options.onError?.(error))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  async #write(series: EventSeries): Promise<void> {
    const { events, instance } = this.#options;
    const { count, name } = series;
    const { metadata } = series.draft.regarding;
    if (count <= series.writtenCount) return;
    if (series.writtenCount === 0) await events.create(toEvent(series, count, instance), { deadlineMs });
    else {
      const patch = { series: { count, lastObservedTime: formatMicroTime(series.lastAt) } };
      const ref = { namespace: metadata?.namespace ?? 'default', name };
      // The server deletes Events after an hour.
      await events.merge(ref, patch, { deadlineMs }).catch((error: unknown) => {
        if (!isApiError(error, 404)) throw error;
        return events.create(toEvent(series, count, instance), { deadlineMs });
      });
    }
    series.writtenCount = count;
  }

  #forget(now: number): void {
    const windowMs = this.#options.windowSeconds * 1000;
    if (now - this.#forgotAt < windowMs / 10) return;
    this.#forgotAt = now;
    for (const [family, alike] of this.#families) {
      const over = alike.filter(series => now - series.lastAt > windowMs);
      for (const series of over) if (series.count > series.writtenCount) this.#send(series);
      if (over.length === alike.length) this.#families.delete(family);
      else if (over.length > 0)
        this.#families.set(
          family,
          alike.filter(series => !over.includes(series)),
        );
    }
  }

  /** The name format that kubectl expects: the object's name, a dot, a unique suffix. */
  #nameOf(draft: EventDraft, now: number): string {
    this.#recorded += 1;
    const unique = `${Math.round(now).toString(16)}${this.#recorded.toString(16).padStart(4, '0')}`;
    return `${draft.regarding.metadata?.name?.slice(0, 220)}.${unique}`;
  }
}

/** Number of texts per reason that get an Event of their own; all further ones share the next. */
const maxWordings = 10;
const maxWaiting = 1000;
const deadlineMs = 5_000;

function familyOf({ regarding, type, reason, action }: EventDraft): string {
  return [regarding.metadata?.uid, regarding.kind, regarding.metadata?.name, type, reason, action].join('\n');
}
