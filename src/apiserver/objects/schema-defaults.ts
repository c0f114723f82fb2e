import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';

/**
 * Fills in the schema's defaults where a field is absent, or null although the schema does not allow null.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function fillDefaults(object: JsonObject, schema: Schema): JsonObject {
  const filled = new Map<string, Json>();
  for (const [field, value] of Object.entries(object)) {
    if (value === undefined) continue;
    const known = schemaOf(schema, field);
    const isDefaulted = value === null && known?.nullable !== true && known?.default !== undefined;
    filled.set(field, fillValue(isDefaulted ? (known.default ?? null) : value, known));
  }
  for (const [field, known] of Object.entries(schema.properties ?? {})) {
    if (known.default !== undefined && !filled.has(field)) filled.set(field, fillValue(known.default, known));
  }
  return Object.fromEntries(filled);
}

function fillValue(value: Json, schema: Schema | undefined): Json {
  if (schema === undefined) return value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return value.map(item => fillItem(item, items));
  }
  return isJsonObject(value) ? fillDefaults(value, schema) : value;
}

/** Drops nulls that the schema neither allows nor has a default for, as if they had not been sent. */
export function dropNulls(object: JsonObject, schema: Schema): JsonObject {
  const kept = Object.entries(object).flatMap(([field, value]) => {
    const known = schemaOf(schema, field);
    const isDropped = value === null && known !== undefined && known.nullable !== true && known.default === undefined;
    return isDropped || value === undefined ? [] : [[field, dropNullsIn(value, known)] as const];
  });
  return Object.fromEntries(kept);
}

function dropNullsIn(value: Json, schema: Schema | undefined): Json {
  if (schema === undefined) return value;
  if (Array.isArray(value)) return value.map(item => dropNullsIn(item, schema.items));
  return isJsonObject(value) ? dropNulls(value, schema) : value;
}

function fillItem(item: Json, schema: Schema | undefined): Json {
  const isDefaulted = item === null && schema?.nullable !== true && schema?.default !== undefined;
  return fillValue(isDefaulted ? (schema.default ?? null) : item, schema);
}

function schemaOf(schema: Schema, field: string): Schema | undefined {
  const { additionalProperties } = schema;
  return (
    ownValue(schema.properties, field) ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
  );
}
