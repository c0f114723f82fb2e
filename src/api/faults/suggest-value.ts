import { formatOffset, isInstant, isTimeZone } from '../instant.ts';
import { ownValue } from '../names/own-value.ts';
import { closestWord } from './closest-word.ts';

const truths: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  on: true,
  no: false,
  false: false,
  off: false,
};

/** Returns the number that a text was meant to be: `90,000`, `90 000` and `90k` → 90000, `800 %` and `8x` → 800. */
export function suggestNumber(text: string): number | undefined {
  const plain = text.trim().toLowerCase();
  if (/^[-+]?\d+(\.\d+)?$/.test(plain)) return Number(plain);
  if (/^\d{1,3}(([ ,'’_\u00A0\u202F])\d{3})(\2\d{3})*$/.test(plain) || /^\d{1,3}(\.\d{3}){2,}$/.test(plain)) {
    return Number(plain.replaceAll(/\D/g, ''));
  }
  const [, digits = '', unit] = /^(\d+(?:[.,]\d+)?)\s*(%|k|m|mio\.?|x|×|times)$/.exec(plain) ?? [];
  const factors: Readonly<Record<string, number>> = { '%': 1, k: 1000, m: 1e6, mio: 1e6, 'mio.': 1e6 };
  if (unit === undefined) return undefined;
  return Math.round(Number(digits.replace(',', '.')) * (ownValue(factors, unit) ?? 100));
}

/** Returns the boolean that a text was meant to be: `"Yes"` → true. */
export function suggestTruth(text: string): boolean | undefined {
  return ownValue(truths, text.trim().toLowerCase());
}

/** Returns a sentence on how to write a percentage of an ordinary minute, for a number that is too small to be one. */
export function suggestPeakPercent(stated: number): string {
  const times = `${stated} times an ordinary minute is ${percent(stated * 100)}`;
  if (stated <= 1) return '100 is an ordinary minute';
  return stated < 10 ? times : `${times}, ${stated} % more than one is ${percent(100 + stated)}`;
}

/** Returns the instant that a text was meant to be, with the zone's offset when the text has none. */
export function suggestInstant(text: string, timeZone: string): string | undefined {
  const time = String.raw`(?:[Tt\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*([Zz]|[+-]\d{1,2}(?::?\d{2})?)?`;
  const iso = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${time}$`).exec(text.trim());
  const german = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${time}$`).exec(text.trim());
  const parts = iso ?? german;
  if (parts === null) return undefined;
  const [year, month, day] = iso === null ? [parts[3], parts[2], parts[1]] : [parts[1], parts[2], parts[3]];
  const [hour = '0', minute = '00', second = '00', offset] = parts.slice(4);
  const wall = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`;
  const instant = wall + (offset === undefined ? offsetIn(timeZone, wall) : wholeOffset(offset));
  return isInstant(instant) && instant !== text ? instant : undefined;
}

/** Returns the IANA zone that a text was meant to be: `Berlin`, `Europe/Berln` → `Europe/Berlin`. */
export function suggestTimeZone(text: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = text.trim().toLowerCase().replaceAll(' ', '_');
  return zones.find(zone => zone.toLowerCase().endsWith(`/${city}`)) ?? closestWord(text, zones);
}

/** Returns the offset of a zone at a wall-clock time; `Z` for an unknown zone. */
export function offsetIn(timeZone: string, wall: string): string {
  const utc = Date.parse(`${wall}Z`);
  if (timeZone === 'UTC' || !isTimeZone(timeZone) || Number.isNaN(utc)) return 'Z';
  const near = formatOffset(utc, timeZone);
  return formatOffset(Date.parse(`${wall}${near}`), timeZone);
}

function percent(value: number): number {
  return Math.round(value);
}

function two(digits = ''): string {
  return digits.padStart(2, '0');
}

/** Completes an offset: `+1`, `+0100` → `+01:00`. */
function wholeOffset(offset: string): string {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{1,2}?):?(\d{2})?$/.exec(offset) ?? [];
  return sign === undefined ? 'Z' : `${sign}${two(hours)}:${minutes}`;
}
