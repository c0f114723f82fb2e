import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';

/** The object in a field; an empty one when there is none. */
export function objectIn(object: JsonObject, field: string): JsonObject {
  const value = ownValue(object, field);
  return isJsonObject(value) ? value : {};
}

/** The objects of the list in a field. */
export function objectsIn(object: JsonObject, field: string): readonly JsonObject[] {
  const value = ownValue(object, field);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function textIn(object: JsonObject, field: string): string {
  const value = ownValue(object, field);
  return typeof value === 'string' ? value : '';
}

/** The strings of the list in a field. */
export function textsIn(object: JsonObject, field: string): readonly string[] {
  const value = ownValue(object, field);
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

export function numberIn(object: JsonObject, field: string): number | undefined {
  const value = ownValue(object, field);
  return typeof value === 'number' ? value : undefined;
}

/** Fills in the named fields that the object lacks. */
export function withDefaults(object: JsonObject, defaults: Readonly<Record<string, Json>>): JsonObject {
  const missing = Object.entries(defaults).filter(
    ([field]) => ownValue(object, field) === undefined || ownValue(object, field) === null,
  );
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(missing) };
}
