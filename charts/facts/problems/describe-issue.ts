import { z } from 'zod';
import { ownFact } from '../../own-fact.ts';
import { didYouMean } from './closest-word.ts';
import type { Problem } from './problem.ts';

/** Turns a schema issue of a YAML value into problems that name the entry: `service shop: startupSeconds must be …`. */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown, schema: z.ZodType): readonly Problem[] {
  const path = issue.path.map(key => (typeof key === 'symbol' ? String(key) : key));
  const { entry, field } = nameEntry(path, value);
  const say = (message: string, at: Problem['path'] = path): Problem => ({ path: at, message: `${entry}${message}` });
  const subject = field === '' ? 'it' : field;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key =>
        say(`${field === '' ? '' : `${field}: `}unknown key "${key}"${didYouMean(key, keysAt(schema, path))}`, [
          ...path,
          key,
        ]),
      );
    case 'invalid_type': {
      const found = valueAt(value, path);
      return [
        say(
          found === undefined
            ? `${subject} is missing`
            : `${subject} must be ${article(issue.expected)}, got ${print(found)}`,
        ),
      ];
    }
    case 'invalid_value': {
      const found = valueAt(value, path);
      const words = issue.values.map(String);
      const hint = typeof found === 'string' ? didYouMean(found, words) : '';
      return [
        say(
          found === undefined
            ? `${subject} is missing`
            : `${subject} must be one of ${words.join(', ')}, got ${print(found)}${hint}`,
        ),
      ];
    }
    case 'invalid_key':
      return [say(`${subject}: ${issue.issues[0]?.message ?? issue.message}`)];
    default:
      return [say(`${subject} ${bounds(issue)}, got ${print(valueAt(value, path))}`)];
  }
}

/** The name of the entry that a path leads into, and of the field in it. */
function nameEntry([list, index, ...rest]: Problem['path'], value: unknown) {
  if (index === undefined || (list !== 'services' && list !== 'environments' && list !== 'previews')) {
    return { entry: '', field: [list, index, ...rest].filter(key => key !== undefined).join('.') };
  }
  const name = valueAt(value, [list, index, 'name']);
  const called = typeof name === 'string' ? name : `no. ${Number(index) + 1}`;
  return { entry: `${list.slice(0, -1)} ${called}: `, field: rest.join('.') };
}

function bounds(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${unit(issue.origin)}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${unit(issue.origin)}`;
  return issue.message.startsWith('must') ? issue.message : `is not valid (${issue.message})`;
}

function unit(origin: string): string {
  if (origin === 'string') return ' letters long';
  return origin === 'array' ? ' entries long' : '';
}

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'string') return 'text';
  return type === 'record' || type === 'object' ? 'a map' : type === 'array' ? 'a list' : `a ${type}`;
}

function print(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function valueAt(value: unknown, path: Problem['path']): unknown {
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

/** The keys that a schema allows at a path. */
function keysAt(schema: z.ZodType, path: Problem['path']): readonly string[] {
  const root = partSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
  const part = path.reduce<SchemaPart | undefined>(
    (inner, key) => (typeof key === 'number' ? inner?.items : ownFact(inner?.properties, key)),
    root,
  );
  return Object.keys(part?.properties ?? {});
}
