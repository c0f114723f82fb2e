import type { z } from 'zod';
import { suggestInstant } from './suggest-instant.ts';
import { suggestNumber, suggestPeakPercent, suggestTimeZone, suggestTruth } from './suggest-value.ts';

/** A field as its author wrote it. */
export interface Stated {
  readonly path: readonly (string | number)[];
  readonly found: unknown;
  /** Time zone that the object states; undefined when it states none, or text that resembles no zone. */
  readonly timeZone: string | undefined;
}

/**
 * Suggests a value of the right type: for a number in words, a quoted boolean, or text that YAML read as something
 * else.
 */
export function mendType(expected: string, { found, path }: Stated): string {
  if (expected === 'string') return mendWord({ found, path });
  if (expected === 'boolean' && (typeof found === 'string' || typeof found === 'number')) {
    const truth = suggestTruth(String(found));
    return truth === undefined ? '' : `; write ${truth} without quotes`;
  }
  if (expected === 'array' && (typeof found === 'string' || typeof found === 'number')) return `; write [${found}]`;
  return ['int', 'number'].includes(expected) ? mendNumber({ found, path }) : '';
}

function mendWord({ found, path }: Pick<Stated, 'found' | 'path'>): string {
  if (typeof found === 'object') return '';
  const isTime = /Time$/.test(String(path.at(-1)));
  const instant = isTime && typeof found === 'number' ? suggestInstant(found, 'UTC') : undefined;
  return instant === undefined ? '; write it in quotes' : `; write ${instant}`;
}

function mendNumber({ found, path }: Pick<Stated, 'found' | 'path'>): string {
  if (typeof found === 'string') {
    const more = isPeakPercent(path) ? /^\s*\+\s*(\d+)\s*%\s*$/.exec(found)?.[1] : undefined;
    const number = more === undefined ? suggestNumber(found) : 100 + Number(more);
    if (number === undefined) return '';
    return `; write ${number}${/^[-+]?\d+$/.test(found) ? ' without quotes' : ''}`;
  }
  if (typeof found !== 'number') return '';
  if (isPeakPercent(path) && found < 100) return `; ${suggestPeakPercent(found)}`;
  return isPercent(path) && found > 0 && found < 1 ? `; ${found} of the whole is ${Math.round(found * 100)}` : '';
}

/** Suggests a number for one that is too small. */
export function mendSmall({ found, path }: Stated): string {
  return typeof found === 'number' && isPeakPercent(path) ? `; ${suggestPeakPercent(found)}` : '';
}

/** Suggests a Quantity, the one field that takes both text and whole numbers. */
export function mendUnion(issue: z.core.$ZodIssueInvalidUnion, { found }: Stated): string {
  const [text] = issue.errors.flat().filter(each => each.code === 'invalid_format');
  const rule = text?.message ?? 'must be a quantity, as "45", "4.5" or "4500m"';
  if (typeof found === 'number') return `${rule}, got ${found}${found > 0 ? `; write "${found}" in quotes` : ''}`;
  return `${rule}, got ${print(found)}`;
}

/** Suggests text in the right form. */
export function mendText(message: string, { found, timeZone }: Stated): string {
  if (typeof found !== 'string') return '';
  const got = `, got ${print(found)}`;
  if (message.includes('an instant')) {
    const instant = suggestInstant(found, timeZone ?? 'UTC');
    const isGuess = timeZone === undefined && !/[Zz]$|[+-]\d{1,2}:?(\d{2})?$/.test(found.slice('yyyy-mm-dd'.length));
    return `${got}${instant === undefined ? '' : `; write ${instant}${isGuess ? ' if that is in UTC' : ''}`}`;
  }
  if (message.includes('IANA')) {
    const zone = suggestTimeZone(found);
    return `${got}${zone === undefined ? '' : `; did you mean ${zone}?`}`;
  }
  if (message.includes('begin with FREQ=') && /^RRULE:/i.test(found)) return `${got}; write ${found.slice(6)}`;
  if (message.includes('name of an object')) {
    const name = suggestName(found);
    return `${got}${name === '' ? '' : `; write ${name}`}`;
  }
  return got;
}

/** Converts text to the nearest valid Kubernetes name: `Cosy Evening!` → `cosy-evening`. */
function suggestName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

function isPeakPercent(path: Stated['path']): boolean {
  return /peakpercent$/i.test(String(path.at(-1)));
}

function isPercent(path: Stated['path']): boolean {
  return /percent$/i.test(String(path.at(-1)));
}

/** Formats a value as JSON for messages, shortened to 60 letters. */
export function print(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
