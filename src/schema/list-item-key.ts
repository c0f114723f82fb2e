import { ownValue } from '../api/names/own-value.ts';
import { isJsonObject, type Json } from './json.ts';
import type { Schema } from './structural-schema.ts';

/**
 * The path element of a merging list's item in managedFields: `v:"a"` in a set, `k:{"type":"Ready"}` in a map list,
 * with the key fields sorted by name and filled with their defaults.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function listItemKey(item: Json, schema: Schema): string {
  if (schema['x-kubernetes-list-type'] !== 'map') return `v:${JSON.stringify(item)}`;
  const fields = (schema['x-kubernetes-list-map-keys'] ?? []).toSorted();
  const key = fields.flatMap(field => {
    const value =
      (isJsonObject(item) ? ownValue(item, field) : undefined) ?? ownValue(schema.items?.properties, field)?.default;
    return value === undefined ? [] : [[field, value]];
  });
  return `k:${JSON.stringify(Object.fromEntries(key))}`;
}
