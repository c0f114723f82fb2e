import { z } from 'zod';
import { describeIssue, type FieldFault } from './describe-issue.ts';

export { type FieldFault, unknownKey } from './describe-issue.ts';

/** An object, file or setting that is not what it should be. `field` is the JSON path, `message` a sentence for its author. */
export class ParseError extends Error {
  readonly code = 'HEADSTART_PARSE';
  readonly field: string;
  /** One for each field that is wrong, in the order of `message`. */
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

/** A check of fields together, on a value that may not be valid otherwise. */
export type FurtherFaults = (value: unknown) => readonly FieldFault[];

/**
 * The value as `schema` says, defaults filled in.
 *
 * @param what how the author calls the thing, for the sentence: `FlashSale marketplace/sneaker-drop`
 * @param further what the schema does not come to check when a field is wrong already
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
  // what else is wrong with a field mostly follows from the first
  const faults = told.filter(({ field }, index) => told.findIndex(each => each.field === field) === index);
  const sentences = faults.map(({ field, message }) => `${field === '' ? '' : `${field}: `}${message}`);
  throw new ParseError(faults[0]?.field ?? '', `${what}: ${sentences.join('; ')}`, { faults });
}

/** How a sentence calls an object: `FlashSale marketplace/sneaker-drop`, or the kind alone when it has no name. */
export function describeObject(kind: string, value: unknown): string {
  const { metadata } = z.looseObject({ metadata: nameSchema }).catch({ metadata: {} }).parse(value);
  const names = [metadata.namespace, metadata.name].filter(part => part !== undefined);
  return names.length === 0 ? kind : `${kind} ${names.join('/')}`;
}

const nameSchema = z.looseObject({ name: z.string().optional(), namespace: z.string().optional() });
