import { z } from 'zod';
import { isTimeZone } from '../instant.ts';
import { ownValue } from '../names/own-value.ts';
import { didYouMean } from './closest-word.ts';
import { mendSmall, mendText, mendType, mendUnion, print, type Stated } from './mend-value.ts';
import { suggestTimeZone } from './suggest-value.ts';

/** Fault of one field. */
export interface FieldFault {
  /** JSON path; empty for the whole object. */
  readonly field: string;
  /** Segments of the same path. */
  readonly path: readonly (string | number)[];
  /** Sentence for the author, with the correction when one is known. */
  readonly message: string;
  /** Whether the key itself is wrong, not its value. @default false */
  readonly isKey?: boolean;
}

/** Describes what is wrong with a field, what was found and how to write it: one fault, or one per unknown key. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType): readonly FieldFault[] {
  const path = issue.path.map(key => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => unknownKey([...path, key], value, keysAt(schema, path)));
  }
  const message = sentenceOf(issue, { path, found: valueAt(value, path), timeZone: timeZoneOf(value) });
  return [{ field: formatPath(path), path, message }];
}

/** Formats a path: `['spec', 'calls', 0, 'target']` → `spec.calls[0].target`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}

/** What other tools and people call the fields of a FlashSale. */
const otherNames: Readonly<Record<string, string>> = {
  ...{ start: 'startTime', starts: 'startTime', startat: 'startTime', from: 'startTime', begin: 'startTime' },
  ...{ end: 'endTime', ends: 'endTime', endat: 'endTime', until: 'endTime', to: 'endTime' },
  ...{ duration: 'endTime', length: 'endTime', stop: 'endTime', tz: 'timeZone', zone: 'timeZone' },
  ...{ peak: 'expectedPeakPercent', multiplier: 'expectedPeakPercent', factor: 'expectedPeakPercent' },
  ...{ expectedpeak: 'expectedPeakPercent', expectedpeakratio: 'expectedPeakPercent', discount: 'discountPercent' },
  ...{ canceled: 'cancelled', services: 'entryPoints', targets: 'entryPoints', rrule: 'recurrence' },
};

/** Describes an unknown key and suggests the key that was probably meant. */
export function unknownKey(path: readonly (string | number)[], value: unknown, known: readonly string[]): FieldFault {
  const key = String(path.at(-1));
  const isThousands = /^\d{1,3}$/.test(key) && valueAt(value, path) === null;
  const other = ownValue(otherNames, key.toLowerCase().replaceAll(/[-_ ]/g, ''));
  const hint = isThousands
    ? '; a number is written without a comma, as 90000'
    : other !== undefined && known.includes(other)
      ? `; write ${other}`
      : didYouMean(key, known);
  return { field: formatPath(path), path, message: `is not a field${hint}`, isKey: true };
}

function sentenceOf(issue: z.core.$ZodIssue, stated: Stated): string {
  const { found, path } = stated;
  if (found === undefined && issue.code !== 'custom') return 'is missing';
  const got = `, got ${print(found)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(issue.expected)}${got}${mendType(issue.expected, stated)}`;
    case 'invalid_value':
      return oneOf(issue.values, found);
    case 'too_small':
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}${got}${mendSmall(stated)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}${got}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(issue.options, found)
        : mendUnion(issue, stated);
    case 'invalid_format':
    case 'custom':
      return `${issue.message}${issue.message.includes('got ') || path.length === 0 ? '' : mendText(issue.message, stated)}`;
    default:
      return issue.message;
  }
}

function oneOf(values: readonly unknown[], found: unknown): string {
  const words = values.map(String);
  const hint = typeof found === 'string' ? didYouMean(found, words) : '';
  return `must be ${words.length === 1 ? '' : 'one of '}${words.join(', ')}, got ${print(found)}${hint}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' letters long';
  return origin === 'array' ? ' entries long' : '';
}

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'true or false';
  return type === 'record' || type === 'object' ? 'a map' : type === 'array' ? 'a list' : `a ${type}`;
}

function timeZoneOf(value: unknown): string | undefined {
  const zone = valueAt(value, ['spec', 'timeZone']);
  if (typeof zone !== 'string') return undefined;
  return isTimeZone(zone) ? zone : suggestTimeZone(zone);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

const partSchema: z.ZodType<SchemaPart> = z.lazy(() =>
  z.looseObject({
    properties: z.record(z.string(), partSchema).optional(),
    items: partSchema.optional(),
  }),
);

interface SchemaPart {
  readonly properties?: Readonly<Record<string, SchemaPart>> | undefined;
  readonly items?: SchemaPart | undefined;
}

/** Returns the keys that a schema allows at a path. */
function keysAt(schema: z.ZodType, path: readonly (string | number)[]): readonly string[] {
  const root = partSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const part = path.reduce<SchemaPart | undefined>(
    (inner, key) => (typeof key === 'number' ? inner?.items : ownValue(inner?.properties, key)),
    root,
  );
  return Object.keys(part?.properties ?? {});
}
