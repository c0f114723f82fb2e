import type { Event, Series } from '../../../../forecasts/index.ts';
import { dayMs } from '../../demand/made-up-demand.ts';

/** A history with its events. */
export interface EventHistory {
  readonly history: Series;
  readonly events: readonly Event[];
}

/**
 * The same days in reverse order, each with its events and unchanged within: what grew now shrinks. Weekends stay
 * weekends, Saturdays become Sundays.
 */
export function reversedDays({ history, events }: EventHistory): EventHistory {
  const { stepSeconds, values } = history;
  const stepMs = stepSeconds * 1000;
  const perDay = dayMs / stepMs;
  const first = Math.ceil(history.start / dayMs);
  const skipped = Math.round((first * dayMs - history.start) / stepMs);
  const days = Math.floor((values.length - skipped) / perDay);
  const start = firstDayAfter(first, (11 - weekdayOf(first + days - 1)) % 7);
  const moved = (event: Event): Event => {
    const day = Math.floor(event.start / dayMs);
    const shift = (start + days - 1 - (day - first) - day) * dayMs;
    return { ...event, start: event.start + shift, end: event.end + shift };
  };
  return {
    history: {
      start: start * dayMs,
      stepSeconds,
      values: Array.from({ length: days }, (_, k) => {
        const from = skipped + (days - 1 - k) * perDay;
        return values.slice(from, from + perDay);
      }).flat(),
    },
    events: events.map(moved).sort((a, b) => a.start - b.start),
  };
}

/** Days since Monday, 0–6, of a day counted from the epoch. */
function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

function firstDayAfter(day: number, weekday: number): number {
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}
