import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { listItemKey } from '../../schema/list-item-key.ts';
import type { Schema } from '../../schema/structural-schema.ts';

/**
 * How a value merges under server-side apply.
 *
 *   leaf   scalars, and lists and maps that are atomic: replaced and owned as a whole
 *   map    fields merge one by one
 *   list   items merge by their key (`map`) or value (`set`)
 *
 * Without a schema, objects merge and lists are atomic.
 */
export type MergeShape = 'leaf' | 'map' | 'list';

export function mergeShape(value: Json | undefined, schema: Schema | undefined): MergeShape {
  if (Array.isArray(value)) {
    const type = schema?.['x-kubernetes-list-type'];
    return type === 'map' || type === 'set' ? 'list' : 'leaf';
  }
  if (!isJsonObject(value)) return 'leaf';
  return schema?.['x-kubernetes-map-type'] === 'atomic' ? 'leaf' : 'map';
}

/** The shape that two versions of one value share; a value that changes its shape is a leaf. */
export function commonShape(a: Json | undefined, b: Json | undefined, schema: Schema | undefined): MergeShape {
  if (a === undefined || a === null) return mergeShape(b, schema);
  if (b === undefined || b === null) return mergeShape(a, schema);
  const shape = mergeShape(a, schema);
  return shape === mergeShape(b, schema) ? shape : 'leaf';
}

/** The parts of a merging value by path element; empty for leaves and absent values. */
export function partsOf(value: Json | undefined, schema: Schema | undefined): ReadonlyMap<string, Json> {
  if (Array.isArray(value)) return new Map(value.map(item => [listItemKey(item, schema ?? {}), item]));
  if (!isJsonObject(value)) return new Map();
  return new Map(fieldsOf(value).map(([field, child]) => [`f:${field}`, child]));
}

/** The schema of a part. */
export function partSchema(schema: Schema | undefined, element: string): Schema | undefined {
  if (!element.startsWith('f:')) return schema?.items;
  const { additionalProperties } = schema ?? {};
  const anyField = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return ownValue(schema?.properties, element.slice(2)) ?? anyField;
}

/** Whether the part is a named field of a struct, and not a key of a map or an item of a list. */
export function isNamedField(schema: Schema | undefined, element: string): boolean {
  return element.startsWith('f:') && ownValue(schema?.properties, element.slice(2)) !== undefined;
}

export function isEmptyValue(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && fieldsOf(value).length === 0;
}

function fieldsOf(object: JsonObject): [string, Json][] {
  return Object.entries(object).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]]));
}
