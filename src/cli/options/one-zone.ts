import { parseInstant } from '../../api/instant.ts';

/** The one zone of a screen: that of its sales, or UTC where they differ or it is asked for. */
export function zoneOf(zones: Iterable<string>, utc: boolean): string {
  const [only = 'UTC', ...others] = new Set(zones);
  return utc || others.length > 0 ? 'UTC' : only;
}

/** Formats a local time: `2026-11-27 20:00`. */
export function localTime(epochMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(epochMs);
}

/** Writes every instant of a text, whatever its offset, in one zone, and says below which; a text without any is kept. */
export function inOneZone(text: string, timeZone: string): string {
  const shown = text.replace(instant, found => localTime(parseInstant(found), timeZone));
  return shown === text ? text : `${shown}Times are in ${timeZone}.\n`;
}

const instant = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})/g;
