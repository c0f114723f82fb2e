import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { listItemKey } from '../../schema/list-item-key.ts';
import type { Schema } from '../../schema/structural-schema.ts';

/**
 * Yields what makes a configuration impossible to apply, before anything is merged: unknown fields, values of another
 * shape, list items with missing or duplicate keys. Paths look like `.spec.parts[name="a"]`.
 *
 * @see https://github.com/kubernetes-sigs/structured-merge-diff typed/validate.go
 */
export function* configFaults(value: Json, schema: Schema | undefined, path: string): Generator<string> {
  if (value === null || schema === undefined) return;
  if (schema['x-kubernetes-int-or-string'] === true) return;
  if (schema.type === 'array') yield* listFaults(value, schema, path);
  else if (schema.type === 'object') yield* mapFaults(value, schema, path);
  else yield* scalarFaults(value, schema, path);
}

function* scalarFaults(value: Json, { type }: Schema, path: string): Generator<string> {
  const found = isJsonObject(value) ? 'map' : Array.isArray(value) ? 'list' : typeof value;
  if ((type === 'integer' || type === 'number') && found !== 'number') {
    yield `${path}: expected numeric (int or float), got ${found}`;
  }
  if ((type === 'string' || type === 'boolean') && found !== type) yield `${path}: expected ${type}, got ${found}`;
}

function* listFaults(value: Json, schema: Schema, path: string): Generator<string> {
  if (!Array.isArray(value)) {
    yield `${path}: expected list, got ${JSON.stringify(value)}`;
    return;
  }
  const type = schema['x-kubernetes-list-type'];
  const seen = new Set<string>();
  for (const [index, item] of value.entries()) {
    if (type !== 'map' && type !== 'set') yield* configFaults(item, schema.items, `${path}[${index}]`);
    else {
      const key = listItemKey(item, schema);
      if (key === 'k:{}') {
        const keys = (schema['x-kubernetes-list-map-keys'] ?? []).map(name => JSON.stringify(name)).join(' ');
        yield `${path}: element ${index}: associative list with keys has an element that omits all key fields [${keys}] (and doesn't have default values for any key fields)`;
        return;
      }
      const element = formatElement(key);
      if (seen.has(key)) yield `${path}: duplicate entries for key ${element}`;
      seen.add(key);
      yield* configFaults(item, schema.items, `${path}${element}`);
    }
  }
}

function* mapFaults(value: Json, schema: Schema, path: string): Generator<string> {
  if (!isJsonObject(value)) {
    yield `${path}: expected map, got ${JSON.stringify(value)}`;
    return;
  }
  const { properties = {}, additionalProperties } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  for (const [field, child] of Object.entries(value)) {
    const known = ownValue(properties, field) ?? others;
    if (known === undefined && !isOpen) yield `${path}.${field}: field not declared in schema`;
    else yield* configFaults(child ?? null, known, `${path}.${field}`);
  }
}

/** Formats a list element: `k:{"name":"a"}` → `[name="a"]`, `v:"x"` → `[="x"]`. */
export function formatElement(key: string): string {
  const text = key.slice(2);
  if (key.startsWith('v:')) return `[=${text}]`;
  const fields: JsonObject = JSON.parse(text);
  return `[${Object.entries(fields)
    .map(([field, value]) => `${field}=${JSON.stringify(value)}`)
    .join(',')}]`;
}
