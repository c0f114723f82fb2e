import { z } from 'zod';

/** What is wrong with one field. */
interface FieldFault {
  /** JSON path; empty for the whole object. */
  readonly field: string;
  readonly message: string;
}

/** An object, file or setting that is not what it should be. `field` is the JSON path, `message` a sentence for its author. */
export class ParseError extends Error {
  readonly code = 'HEADSTART_PARSE';
  readonly field: string;
  /** One for each field that is wrong, the one that `message` tells first. */
  readonly faults: readonly FieldFault[];

  constructor(
    field: string,
    message: string,
    options: ErrorOptions & { readonly faults?: readonly FieldFault[] } = {},
  ) {
    super(message, options);
    this.name = 'ParseError';
    this.field = field;
    this.faults = options.faults ?? [{ field, message }];
  }
}

/**
 * The value as `schema` says, defaults filled in.
 *
 * @param what how the author calls the thing, for the sentence: `FlashSale marketplace/sneaker-drop`
 * @throws ParseError naming the first wrong field, and all of them in `faults`
 */
export function parseWith<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.map(issue => ({ field: formatPath(issue.path), message: issue.message }));
  // what else is wrong with a field mostly follows from the first
  const faults = told.filter(({ field }, index) => told.findIndex(each => each.field === field) === index);
  const { field, message } = faults[0] ?? { field: '', message: 'is not valid' };
  throw new ParseError(field, `${what}: ${field === '' ? '' : `${field}: `}${message}`, { faults });
}

/** How a sentence calls an object: `FlashSale marketplace/sneaker-drop`, or the kind alone when it has no name. */
export function describeObject(kind: string, value: unknown): string {
  const { metadata } = z.looseObject({ metadata: nameSchema }).catch({ metadata: {} }).parse(value);
  const names = [metadata.namespace, metadata.name].filter(part => part !== undefined);
  return names.length === 0 ? kind : `${kind} ${names.join('/')}`;
}

const nameSchema = z.looseObject({ name: z.string().optional(), namespace: z.string().optional() });

/** `['spec', 'calls', 0, 'target']` → `spec.calls[0].target`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}
