import definitions from './built-in-schemas.json' with { type: 'json' };
import type { Schema } from './schema.ts';

interface Described extends Omit<Schema, 'properties' | 'items' | 'additionalProperties'> {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly additionalProperties?: Described;
}

const described = definitions as unknown as Readonly<Record<string, Described>>;
const resolved = new Map<string, Schema>();

/**
 * The schema of a built-in type, as `io.k8s.api.apps.v1.Deployment`, from what Kubernetes 1.36 publishes. What it
 * requires is left to the kind's own rules, as in the real server.
 *
 * @throws Error when built-in-schemas.json has no such type
 */
export function builtInSchema(name: string): Schema {
  const known = resolved.get(name);
  if (known !== undefined) return known;
  const definition = described[name];
  if (definition === undefined) throw new Error(`built-in-schemas.json has no ${name}`);
  const schema = resolve(definition);
  resolved.set(name, schema);
  return schema;
}

/** Metadata is the same for every kind, custom ones included. */
export function metadataSchema(): Schema {
  return builtInSchema('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
}

function resolve({
  $ref,
  required: _,
  enum: __,
  properties,
  items,
  additionalProperties,
  ...facts
}: Described): Schema {
  const named = properties === undefined ? undefined : Object.entries(properties);
  return {
    ...($ref === undefined ? {} : builtInSchema($ref)),
    ...facts,
    ...(named === undefined
      ? {}
      : { properties: Object.fromEntries(named.map(([key, value]) => [key, resolve(value)])) }),
    ...(items === undefined ? {} : { items: resolve(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: resolve(additionalProperties) }),
  };
}
