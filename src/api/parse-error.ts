import { z } from 'zod';

/** An object, file or setting that is not what it should be. `field` is the JSON path, `message` a sentence for its author. */
export class ParseError extends Error {
  readonly code = 'HEADSTART_PARSE';
  readonly field: string;

  constructor(field: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ParseError';
    this.field = field;
  }
}

/**
 * The value as `schema` says, defaults filled in.
 *
 * @param what how the author calls the thing, for the sentence: `FlashSale marketplace/sneaker-drop`
 * @throws ParseError naming the first wrong field
 */
export function parseWith<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = formatPath(issue?.path ?? []);
  throw new ParseError(field, `${what}: ${field === '' ? '' : `${field}: `}${issue?.message ?? 'is not valid'}`);
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
