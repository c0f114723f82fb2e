import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';

/**
 * Applies a JSON merge patch: objects merge, null removes, everything else replaces. Like the real API server and
 * unlike the RFC, it also drops nulls from the objects inside a replacing list.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) merged.delete(field);
    else if (isJsonObject(value)) {
      const present = merged.get(field);
      merged.set(field, mergePatch(isJsonObject(present) ? present : {}, value));
    } else merged.set(field, withoutNulls(value));
  }
  return Object.fromEntries(merged);
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(item => withoutNulls(item));
  return isJsonObject(value) ? mergePatch({}, value) : value;
}
