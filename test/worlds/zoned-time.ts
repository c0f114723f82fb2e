/** What the clocks of a zone show at an instant, by the calendar of Intl: the planner asks Temporal. */
function wallClock(at: number, zone: string): number {
  const kept = formats.get(zone) ?? formatOf(zone);
  formats.set(zone, kept);
  const parts = new Map(kept.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const digits = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const;
  return new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', calendar: 'gregory', ...digits });
}

const dayMs = 86_400_000;

/**
 * The instant (epoch ms) at which the clocks of a zone show `wall`, stated as epoch ms of the same time in UTC: of two the
 * first; where there is none, as much later as clocks are put forward.
 */
function instantOf(wall: number, zone: string): number {
  const [before, after] = [wall - dayMs, wall + dayMs].map(near => wall - (wallClock(near, zone) - near));
  const shown = [before, after].filter(at => at !== undefined && wallClock(at, zone) === wall);
  return Math.min(...shown.map(Number), shown.length === 0 ? (before ?? wall) : Number.POSITIVE_INFINITY);
}

/** An instant as people in a zone write it: `2026-11-27T20:00:00+01:00`. */
export function writeInZone(at: number, zone: string): string {
  const wall = wallClock(at, zone);
  const minutes = Math.round((wall - at) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(wall).toISOString().slice(0, 19)}${minutes === 0 ? 'Z' : offset}`;
}

/** The instant (epoch ms) `days` calendar days after `start`, at the same time on the clocks of the zone. */
export function sameTimeAfter(start: number, days: number, zone: string): number {
  return days === 0 ? start : instantOf(wallClock(start, zone) + days * dayMs, zone);
}
