import { isInstant } from '../instant.ts';
import { offsetIn } from './suggest-value.ts';

const clock = String.raw`(?:[Tt\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?\s*([Zz]|[+-]\d{1,2}(?::?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${clock}$`);
const dotted = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${clock}$`);
const slashed = new RegExp(String.raw`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})${clock}$`);

/**
 * Returns the instant that a text or a number of seconds or milliseconds since 1970 was meant to be, with the zone's
 * offset when the text has none; undefined where day and month may be either.
 */
export function suggestInstant(written: string | number, timeZone: string): string | undefined {
  if (typeof written === 'number') return instantOf(written);
  const text = written.replaceAll(/^[\s"'“”„‘’]+|[\s"'“”„‘’]+$/g, '');
  const date = dateOf(text);
  if (date === undefined) return undefined;
  const [hour = '0', minute = '00', second = '00', half, offset] = date.rest;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0);
  const day = Date.parse(`${date.day}T00:00:00Z`);
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date.day || hours > 24) return undefined;
  const isMidnight = hours === 24 && minute === '00' && second === '00';
  if (hours === 24 && !isMidnight) return undefined;
  const wall = isMidnight
    ? `${new Date(day + 86_400_000).toISOString().slice(0, 10)}T00:00:00`
    : `${date.day}T${two(String(hours))}:${minute}:${second}`;
  const instant = wall + (offset === undefined ? offsetIn(timeZone, wall) : wholeOffset(offset));
  return isInstant(instant) && instant !== written ? instant : undefined;
}

function dateOf(text: string): { readonly day: string; readonly rest: readonly (string | undefined)[] } | undefined {
  const iso = yearFirst.exec(text);
  if (iso !== null) return { day: `${iso[1]}-${two(iso[2])}-${two(iso[3])}`, rest: iso.slice(4) };
  const german = dotted.exec(text);
  if (german !== null) return { day: `${german[3]}-${two(german[2])}-${two(german[1])}`, rest: german.slice(4) };
  const either = slashed.exec(text);
  if (either === null) return undefined;
  const [first, second] = [Number(either[1]), Number(either[2])];
  if (first <= 12 === second <= 12) return undefined;
  const [month, day] = first > 12 ? [either[2], either[1]] : [either[1], either[2]];
  return { day: `${either[3]}-${two(month)}-${two(day)}`, rest: either.slice(4) };
}

/** Seconds or milliseconds since 1970 between 2001 and 2286 as an instant. */
function instantOf(since: number): string | undefined {
  const ms = since >= 1e12 ? since : since * 1000;
  return ms >= 1e12 && ms < 1e13 ? `${new Date(ms).toISOString().slice(0, 19)}Z` : undefined;
}

function two(digits = ''): string {
  return digits.padStart(2, '0');
}

/** Completes an offset: `+1`, `+0100` → `+01:00`. */
function wholeOffset(offset: string): string {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{1,2}?):?(\d{2})?$/.exec(offset) ?? [];
  return sign === undefined ? 'Z' : `${sign}${two(hours)}:${minutes}`;
}
