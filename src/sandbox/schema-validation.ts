import {
  childPath,
  duplicateField,
  invalidField,
  mistypedField,
  requiredField,
  tooLongField,
  tooManyField,
  unsupportedField,
} from './field-fault.ts';
import { isSameJson } from './json-value.ts';
import { isJsonObject, type Json, type JsonObject } from './kube-object.ts';
import { listItemKey } from './list-item-key.ts';
import type { Schema } from './schema.ts';
import type { StatusCause } from './status-error.ts';
import { hasFormat } from './string-format.ts';

/**
 * What a structural schema has against a value, in the order and the words of the real server. CEL rules are not read.
 *
 * @param path of the value, empty for the whole object
 * @param before the stored value: what was at fault already and has not changed is let pass (ratcheting)
 */
export function schemaFaults(value: Json, schema: Schema, path: string, before?: Json): readonly StatusCause[] {
  if (before !== undefined && isSameJson(value, before)) return [];
  const mistyped = typeFault(value, schema, path);
  if (mistyped !== undefined) return [mistyped];
  if (value === null) return [];
  return [
    ...valueFaults(value, schema, path),
    ...(Array.isArray(value) ? listFaults(value, schema, path, before) : []),
    ...(isJsonObject(value) ? objectFaults(value, schema, path, before) : []),
    ...combinedFaults(value, schema, path),
  ];
}

function typeFault(value: Json, schema: Schema, path: string): StatusCause | undefined {
  const expected = schema['x-kubernetes-int-or-string'] === true ? 'integer,string' : schema.type;
  if (expected === undefined || (value === null && schema.nullable === true)) return undefined;
  const actual = typeName(value);
  const fits = expected.split(',').includes(actual) || (expected === 'number' && actual === 'integer');
  if (fits) return undefined;
  return mistypedField(path, actual, `${subject(path)} must be of type ${expected}: ${JSON.stringify(actual)}`);
}

function* valueFaults(value: Json, schema: Schema, path: string): Generator<StatusCause> {
  if (schema.enum !== undefined && !schema.enum.some(allowed => isSameJson(allowed, value))) {
    const supported = schema.enum.map(allowed => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed)));
    yield unsupportedField(path, value, supported);
  }
  if (typeof value === 'string') yield* stringFaults(value, schema, path);
  if (typeof value === 'number') yield* numberFaults(value, schema, path);
}

function* stringFaults(value: string, schema: Schema, path: string): Generator<StatusCause> {
  const { maxLength, minLength, pattern, format } = schema;
  const characters = [...value].length;
  if (maxLength !== undefined && characters > maxLength) yield tooLongField(path, maxLength);
  if (minLength !== undefined && characters < minLength) {
    yield invalidField(path, value, `${subject(path)} should be at least ${minLength} chars long`);
  }
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) {
    yield invalidField(path, value, `${subject(path)} should match '${pattern}'`);
  }
  if (format !== undefined && !hasFormat(value, format)) {
    yield mistypedField(path, value, `${subject(path)} must be of type ${format}: ${JSON.stringify(value)}`);
  }
}

function* numberFaults(value: number, schema: Schema, path: string): Generator<StatusCause> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    const limit = exclusiveMaximum === true ? 'less than' : 'less than or equal to';
    yield invalidField(path, value, `${subject(path)} should be ${limit} ${maximum}`);
  }
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    const limit = exclusiveMinimum === true ? 'greater than' : 'greater than or equal to';
    yield invalidField(path, value, `${subject(path)} should be ${limit} ${minimum}`);
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
    yield invalidField(path, value, `${subject(path)} should be a multiple of ${multipleOf}`);
  }
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
  yield* duplicateFaults(list, schema, path);
}

/** The item of the stored list that stands for an item of the new one: by its key in map lists, else by position. */
function formerItems(before: readonly Json[], schema: Schema): (item: Json, index: number) => Json | undefined {
  if (schema['x-kubernetes-list-type'] !== 'map') return (_, index) => before[index];
  const byKey = new Map(before.map(item => [listItemKey(item, schema), item]));
  return item => byKey.get(listItemKey(item, schema));
}

function* duplicateFaults(list: readonly Json[], schema: Schema, path: string): Generator<StatusCause> {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return;
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const key = listItemKey(item, schema);
    if (seen.has(key)) yield duplicateField(`${path}[${index}]`, type === 'set' ? item : JSON.parse(key.slice(2)));
    seen.add(key);
  }
}

function* objectFaults(
  object: JsonObject,
  schema: Schema,
  path: string,
  before: Json | undefined,
): Generator<StatusCause> {
  const former = isJsonObject(before) ? before : {};
  const { properties = {}, additionalProperties, required = [], minProperties, maxProperties } = schema;
  const fields = Object.keys(object).filter(field => object[field] !== undefined);
  if (minProperties !== undefined && fields.length < minProperties) {
    yield invalidField(path, fields.length, `${subject(path)} should have at least ${minProperties} properties`);
  }
  if (maxProperties !== undefined && fields.length > maxProperties)
    yield tooManyField(path, fields.length, maxProperties);
  for (const field of required) if (object[field] === undefined) yield requiredField(childPath(path, field));
  for (const field of fields) {
    const known = properties[field] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (known !== undefined) yield* schemaFaults(object[field] ?? null, known, childPath(path, field), former[field]);
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

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function subject(path: string): string {
  return `${path} in body`;
}
