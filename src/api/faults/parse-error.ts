import { z } from 'zod';
import { describeIssue, type FieldFault } from './describe-issue.ts';

export { type FieldFault, unknownKey } from './describe-issue.ts';

/** An invalid object, file or setting. `field` is the JSON path, `message` a sentence for its author. */
export class ParseError extends Error {
  readonly code = 'HEADSTART_PARSE';
  readonly field: string;
  /** One entry per wrong field, in the order of `message`. */
  readonly faults: readonly FieldFault[];

  constructor(
    field: string,
    message: string,
    options: ErrorOptions & { readonly faults?: readonly FieldFault[] } = {},
  ) {
    super(message, options);
    this.name = 'ParseError';
    this.field = field;
    this.faults = options.faults ?? [{ field, path: [], message }];
  }
}

/** Checks several fields together, on a value whose other fields may be invalid. */
export type FurtherFaults = (value: unknown) => readonly FieldFault[];

/**
 * Parses a value by `schema` and fills in defaults.
 *
 * @param what the thing as its author calls it, for the message: `FlashSale marketplace/sneaker-drop`
 * @param further a check that also runs when `schema` has found faults and would skip it
 * @throws ParseError naming all wrong fields
 */
export function parseWith<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: string,
  further: FurtherFaults = () => [],
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const told = [...parsed.error.issues.flatMap(issue => describeIssue(issue, value, schema)), ...further(value)];
  // A field's other faults mostly follow from its first.
  const faults = told.filter(({ field }, index) => told.findIndex(each => each.field === field) === index);
  const sentences = faults.map(({ field, message }) => `${field === '' ? '' : `${field}: `}${message}`);
  throw new ParseError(faults[0]?.field ?? '', `${what}: ${sentences.join('; ')}`, { faults });
}

/** Names an object for messages: `FlashSale marketplace/sneaker-drop`, or only the kind when it has no name. */
export function describeObject(kind: string, value: unknown): string {
  const { metadata } = namedSchema.parse(value);
  const names = [metadata.namespace, metadata.name].filter(part => part !== undefined);
  return names.length === 0 ? kind : `${kind} ${names.join('/')}`;
}

const nameSchema = z.looseObject({ name: z.string().optional(), namespace: z.string().optional() });
const namedSchema = z.looseObject({ metadata: nameSchema }).catch({ metadata: {} });
