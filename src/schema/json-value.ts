import { ownValue } from '../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/**
 * Whether two JSON values are equal. The order of an object's fields does not matter, and `undefined` counts as absent.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSameJson(item, b[index]));
  }
  return hasSameFields(a as Record<string, unknown>, b as Record<string, unknown>);
}

function hasSameFields(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  for (const key of Object.keys(a)) if (!isSameJson(ownValue(a, key), ownValue(b, key))) return false;
  for (const key of Object.keys(b)) if (ownValue(b, key) !== undefined && ownValue(a, key) === undefined) return false;
  return true;
}

/**
 * Freezes a value deeply. A value that is frozen already is taken to be frozen deeply, since only this function
 * freezes.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) deepFreeze(child);
  return value;
}

/** Drops nulls, which built-in types treat like absent fields. */
export function withoutNulls(object: JsonObject): JsonObject {
  const kept = Object.entries(object).flatMap(([field, value]) =>
    value === null || value === undefined ? [] : [[field, withoutNullsIn(value)] as const],
  );
  return Object.fromEntries(kept);
}

function withoutNullsIn(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNullsIn);
  return isJsonObject(value) ? withoutNulls(value) : value;
}
