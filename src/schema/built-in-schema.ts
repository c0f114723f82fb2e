import { ownValue } from '../api/names/own-value.ts';
import published from './built-in-schemas.json' with { type: 'json' };
import type { Schema } from './structural-schema.ts';

interface Described extends Omit<Schema, 'properties' | 'items' | 'additionalProperties'> {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly additionalProperties?: Described;
}

const described = published.definitions as unknown as Readonly<Record<string, Described>>;
const asDecoded = new Map<string, Schema>();
const asPublished = new Map<string, Schema>();

/**
 * The schema of a built-in type, such as `io.k8s.api.apps.v1.Deployment`, as Kubernetes 1.36 publishes it. Required
 * fields are left to the kind's own rules, as in the real server.
 *
 * @throws Error when built-in-schemas.json has no such type
 */
export function builtInSchema(name: string): Schema {
  return schemaOf(name, asDecoded, ({ required: _, ...facts }) => facts);
}

/** The same schema with its required fields, for readers without the kind's rules. */
export function publishedSchema(name: string): Schema {
  return schemaOf(name, asPublished, described => described);
}

/** The schema of metadata, which is the same for every kind, including custom ones. */
export function metadataSchema(): Schema {
  return builtInSchema('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
}

type Reading = (described: Described) => Described;

function schemaOf(name: string, known: Map<string, Schema>, read: Reading): Schema {
  const found = known.get(name);
  if (found !== undefined) return found;
  const definition = ownValue(described, name);
  if (definition === undefined) throw new Error(`built-in-schemas.json has no ${name}`);
  const schema = resolve(read(definition), known, read);
  known.set(name, schema);
  return schema;
}

function resolve(
  { $ref, properties, items, additionalProperties, ...facts }: Described,
  known: Map<string, Schema>,
  read: Reading,
): Schema {
  const inner = (part: Described) => resolve(read(part), known, read);
  const named = properties === undefined ? undefined : Object.entries(properties);
  return {
    ...($ref === undefined ? {} : schemaOf($ref, known, read)),
    ...facts,
    ...(named === undefined
      ? {}
      : { properties: Object.fromEntries(named.map(([key, value]) => [key, inner(value)])) }),
    ...(items === undefined ? {} : { items: inner(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: inner(additionalProperties) }),
  };
}
