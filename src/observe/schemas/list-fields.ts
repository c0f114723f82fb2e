/** A schema of OpenAPI v3, as far as it says which fields an object may have. */
export interface FieldSchema {
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
  readonly additionalProperties?: FieldSchema | boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/**
 * Lists the fields of a schema by their paths, such as `spec.calls[].target`; `.*` is any key of a map. Below a field
 * that keeps whatever it is given there are none.
 */
export function listFields(schema: FieldSchema, path = ''): readonly string[] {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return [];
  const { properties = {}, items, additionalProperties } = schema;
  const named = Object.entries(properties).flatMap(([name, inside]) => {
    const field = path === '' ? name : `${path}.${name}`;
    return [field, ...listFields(inside, field)];
  });
  return [
    ...named,
    ...(items === undefined ? [] : listFields(items, `${path}[]`)),
    ...(typeof additionalProperties === 'object' ? listFields(additionalProperties, `${path}.*`) : []),
  ];
}
