import { type FieldSchema, listFields } from './list-fields.ts';

/** The schema of one of Headstart's kinds, as this version of the operator knows it. */
export interface OwnSchema {
  readonly kind: string;
  readonly schema: FieldSchema;
}

/** What an API server publishes below `/openapi/v3` of one group and version. */
export interface OpenApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, PublishedSchema>> };
}

interface PublishedSchema extends FieldSchema {
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly kind: string }[];
}

/** Every kind has these; an API server adds its own description of them. */
const ofEveryKind = ['apiVersion', 'kind', 'metadata'];

/**
 * Lists the fields that this version knows and the served CRDs do not, such as `ScalingTarget status.raised[].uid`: the
 * API server drops them from what is written, without a word. Of a field that is missing, those below it are left out;
 * a kind that is not served at all is one entry.
 */
export function prunedFields(own: readonly OwnSchema[], served: OpenApiDocument): readonly string[] {
  const published = Object.values(served.components?.schemas ?? {});
  return own.flatMap(({ kind, schema }) => {
    const there = published.find(each => each['x-kubernetes-group-version-kind']?.some(one => one.kind === kind));
    if (there === undefined) return [kind];
    const known = new Set(listFields(there));
    const missing = listFields(schema).filter(field => !known.has(field) && !ofEveryKind.includes(field));
    const within = new Set(missing);
    return missing
      .filter(field => !parentsOf(field).some(parent => within.has(parent)))
      .map(field => `${kind} ${field}`);
  });
}

/** The fields that a field stands in: of `a.b[].c` these are `a.b` and `a`. */
function parentsOf(field: string): readonly string[] {
  const keys = field.split('.');
  return keys.slice(1).map((_, index) =>
    keys
      .slice(0, index + 1)
      .join('.')
      .replace(/(\[\]|\.\*)+$/, ''),
  );
}
