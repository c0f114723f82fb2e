import { isJsonObject, type Json, type JsonObject } from './kube-object.ts';

/**
 * The object after a JSON merge patch: objects merge, null removes, everything else replaces.
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
    } else merged[field] = value;
  }
  return merged;
}
