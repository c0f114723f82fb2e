import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';

/**
 * Applies a JSON merge patch: objects merge, null removes, everything else replaces. Like the real API server and
 * unlike the RFC, it also drops nulls from the objects inside a replacing list.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7386
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, Json | undefined> = { ...target };
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) delete merged[field];
    else if (isJsonObject(value)) {
      const present = merged[field];
      merged[field] = mergePatch(isJsonObject(present) ? present : {}, value);
    } else merged[field] = withoutNulls(value);
  }
  return merged;
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(item => withoutNulls(item));
  return isJsonObject(value) ? mergePatch({}, value) : value;
}
