import { ownValue } from '../api/names/own-value.ts';
import { childPath, invalidField, requiredField, type StatusCause, tooManyField } from './field-fault.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { isSameJson } from './json-value.ts';
import { listItemKey } from './list-item-key.ts';
import type { Schema } from './structural-schema.ts';
import { enumFaults, formatFaults, numberFaults, stringFaults, typeFaults } from './value-faults.ts';

/**
 * Lists where a value violates a structural schema, in the order and wording of the real server. CEL rules are not
 * evaluated.
 *
 * @param path the path of the value, empty for the whole object
 * @param before the stored value: a fault that it already has in an unchanged part is accepted (ratcheting)
 */
export function schemaFaults(value: Json, schema: Schema, path: string, before?: Json): readonly StatusCause[] {
  if (before !== undefined && isSameJson(value, before)) return [];
  if (value === null) return [...typeFaults(value, schema, path), ...enumFaults(value, schema, path)];
  return [
    ...typeFaults(value, schema, path),
    ...combinedFaults(value, schema, path),
    ...stringFaults(value, schema, path),
    ...formatFaults(value, schema, path),
    ...numberFaults(value, schema, path),
    ...(Array.isArray(value) ? listFaults(value, schema, path, before) : []),
    ...enumFaults(value, schema, path),
    ...(isJsonObject(value) ? objectFaults(value, schema, path, before) : []),
  ];
}

function* listFaults(
  list: readonly Json[],
  schema: Schema,
  path: string,
  before: Json | undefined,
): Generator<StatusCause> {
  const { items, maxItems, minItems } = schema;
  if (items !== undefined) {
    const formerly = Array.isArray(before) ? formerItems(before, schema) : undefined;
    for (const [index, item] of list.entries()) {
      yield* schemaFaults(item, items, `${path}[${index}]`, formerly?.(item, index));
    }
  }
  if (minItems !== undefined && list.length < minItems) {
    yield invalidField(path, list.length, `${subject(path)} should have at least ${minItems} items`);
  }
  if (maxItems !== undefined && list.length > maxItems) yield tooManyField(path, list.length, maxItems);
}

/** Finds the stored item for each item of the new list: by key in map lists, else by position. */
function formerItems(before: readonly Json[], schema: Schema): (item: Json, index: number) => Json | undefined {
  if (schema['x-kubernetes-list-type'] !== 'map') return (_, index) => before[index];
  const byKey = new Map(before.map(item => [listItemKey(item, schema), item]));
  return item => byKey.get(listItemKey(item, schema));
}

function* objectFaults(
  object: JsonObject,
  schema: Schema,
  path: string,
  before: Json | undefined,
): Generator<StatusCause> {
  const former = isJsonObject(before) ? before : {};
  const { properties = {}, additionalProperties, required = [], minProperties, maxProperties } = schema;
  const fields = Object.keys(object).filter(field => ownValue(object, field) !== undefined);
  if (minProperties !== undefined && fields.length < minProperties) {
    yield invalidField(path, fields.length, `${subject(path)} should have at least ${minProperties} properties`);
  }
  if (maxProperties !== undefined && fields.length > maxProperties)
    yield tooManyField(path, fields.length, maxProperties);
  for (const field of required) if (ownValue(object, field) === undefined) yield requiredField(childPath(path, field));
  for (const field of fields) {
    const known =
      ownValue(properties, field) ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (known !== undefined)
      yield* schemaFaults(ownValue(object, field) ?? null, known, childPath(path, field), ownValue(former, field));
  }
}

function* combinedFaults(value: Json, schema: Schema, path: string): Generator<StatusCause> {
  for (const part of schema.allOf ?? []) yield* schemaFaults(value, part, path);
  const isValid = (part: Schema) => schemaFaults(value, part, path).length === 0;
  if (schema.anyOf !== undefined && !schema.anyOf.some(isValid)) {
    yield invalidField(path, '', `${subject(path)} must validate at least one schema (anyOf)`);
  }
  if (schema.oneOf !== undefined) {
    const valid = schema.oneOf.filter(isValid).length;
    const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
    if (valid !== 1) {
      yield invalidField(path, '', `${subject(path)} must validate one and only one schema (oneOf). ${found}`);
    }
  }
  if (schema.not !== undefined && isValid(schema.not)) {
    yield invalidField(path, '', `${subject(path)} must not validate the schema (not)`);
  }
}

function subject(path: string): string {
  return `${path} in body`;
}
