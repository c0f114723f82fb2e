import { formatOffset, isTimeZone } from '../instant.ts';
import { ownValue } from '../names/own-value.ts';
import { closestWord } from './closest-word.ts';

const truths: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  on: true,
  no: false,
  false: false,
  off: false,
  ja: true,
  nein: false,
  oui: true,
  non: false,
  si: true,
  '1': true,
  '0': false,
};

/** Returns the number that a text was meant to be: `90,000`, `90 000` and `90k` → 90000, `800 %` and `8x` → 800. */
export function suggestNumber(text: string): number | undefined {
  const plain = text
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .trim()
    .toLowerCase();
  if (/^[-+]?\d+(\.\d+)?$/.test(plain)) return Number(plain);
  if (/^\d{1,3}(([ ,'’_\u00A0\u202F])\d{3})(\2\d{3})*$/.test(plain) || /^\d{1,3}(\.\d{3}){2,}$/.test(plain)) {
    return Number(plain.replaceAll(/\D/g, ''));
  }
  const times = /^[x×]\s*(\d+(?:[.,]\d+)?)$/.exec(plain)?.[1];
  const [, digits = '', unit] =
    /^(\d+(?:[.,]\d+)?)[\s-]*(%|k|m|mio\.?|x|×|times|fold|fach|mal)$/.exec(times === undefined ? plain : `${times}x`) ??
    [];
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
