import type { z } from 'zod';

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

/** `['spec', 'calls', 0, 'target']` → `spec.calls[0].target`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}
