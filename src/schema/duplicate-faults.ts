import { ownValue } from '../api/names/own-value.ts';
import { childPath, duplicateField, type StatusCause } from './field-fault.ts';
import { isJsonObject, type Json } from './json.ts';
import { listItemKey } from './list-item-key.ts';
import type { Schema } from './structural-schema.ts';

/** Yields duplicate items in lists of type `set` and `map`; checked after everything else. */
export function* duplicateFaults(value: Json, schema: Schema | undefined, path: string): Generator<StatusCause> {
  if (schema === undefined) return;
  if (Array.isArray(value)) {
    yield* duplicateItems(value, schema, path);
    for (const [index, item] of value.entries()) yield* duplicateFaults(item, schema.items, `${path}[${index}]`);
  } else if (isJsonObject(value)) {
    const { properties = {}, additionalProperties } = schema;
    const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
    for (const [field, child] of Object.entries(value)) {
      yield* duplicateFaults(child ?? null, ownValue(properties, field) ?? others, childPath(path, field));
    }
  }
}

function* duplicateItems(list: readonly Json[], schema: Schema, path: string): Generator<StatusCause> {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return;
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const key = listItemKey(item, schema);
    if (seen.has(key)) yield duplicateField(`${path}[${index}]`, type === 'set' ? item : JSON.parse(key.slice(2)));
    seen.add(key);
  }
}
