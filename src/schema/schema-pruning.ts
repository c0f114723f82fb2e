import { ownValue } from '../api/names/own-value.ts';
import { childPath } from './field-fault.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import type { Schema } from './structural-schema.ts';

/** A value without unknown fields, and the paths of the removed ones: `spec.minReplica`, `spec.calls[0].foo`. */
export interface Pruned {
  readonly value: JsonObject;
  readonly unknown: readonly string[];
}

/**
 * Removes unknown fields.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
export function pruneUnknownFields(object: JsonObject, schema: Schema): Pruned {
  const unknown: string[] = [];
  return { value: pruneObject(object, schema, { path: '', unknown }), unknown };
}

interface Place {
  readonly path: string;
  readonly unknown: string[];
}

function prune(value: Json, schema: Schema | undefined, place: Place): Json {
  if (schema === undefined) return value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return value.map((item, index) => prune(item, items, { ...place, path: `${place.path}[${index}]` }));
  }
  return isJsonObject(value) ? pruneObject(value, schema, place) : value;
}

function pruneObject(object: JsonObject, schema: Schema, { path, unknown }: Place): JsonObject {
  const kept: [string, Json][] = [];
  for (const [field, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const fieldPath = childPath(path, field);
    const known = fieldSchema(schema, field);
    if (known === 'Unknown') unknown.push(fieldPath);
    else kept.push([field, prune(value, known, { path: fieldPath, unknown })]);
  }
  return Object.fromEntries(kept);
}

/** The schema of a field; undefined when any value is allowed, `Unknown` when the field does not exist. */
function fieldSchema(schema: Schema, field: string): Schema | undefined | 'Unknown' {
  const property = ownValue(schema.properties, field);
  if (property !== undefined) return property;
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object') return additionalProperties;
  if (additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true) return undefined;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  if (isEmbedded && (field === 'apiVersion' || field === 'kind' || field === 'metadata')) return undefined;
  return 'Unknown';
}
