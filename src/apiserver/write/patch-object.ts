import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { JsonPatchError, jsonPatch } from '../objects/json-patch.ts';
import { mergePatch } from '../objects/merge-patch.ts';
import { badRequest, notFound, StatusError } from '../objects/status-error.ts';
import { strategicMergePatch } from '../objects/strategic-merge-patch.ts';
import type { WriteTarget, Written } from './api-context.ts';
import { applyConfig } from './apply-config.ts';
import { admitFields, unsupportedMediaType } from './decode-object.ts';
import { updateObject } from './update-object.ts';

export const mergePatchType = 'application/merge-patch+json';
export const applyPatchType = 'application/apply-patch+yaml';
const jsonPatchType = 'application/json-patch+json';
const strategicPatchType = 'application/strategic-merge-patch+json';

export interface Patch {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Changes an object by JSON merge patch, JSON patch, strategic merge patch (built-in kinds only) or server-side apply,
 * which creates a missing object.
 *
 * @param warn called with warnings about unknown fields
 * @throws StatusError 400, 404, 409 Conflict, 415 for another kind of patch, 422 Invalid
 */
export function patchObject(target: WriteTarget, patch: Patch, warn: (warnings: readonly string[]) => void): Written {
  const { collection, options } = target;
  const { definition } = collection;
  const current = collection.get(target.namespace, patch.name);
  if (patch.contentType === applyPatchType) return applyConfig(target, current, patch);
  const types = [jsonPatchType, mergePatchType, ...(definition.custom ? [] : [strategicPatchType]), applyPatchType];
  if (!types.includes(patch.contentType)) throw unsupportedMediaType(types);
  if (current === undefined) throw notFound(definition, patch.name);
  const changed = change(current as unknown as JsonObject, patch, target);
  const { object, warnings } = admitFields(changed, definition, options.fieldValidation);
  warn(warnings);
  return { object: updateObject(target, current, object), isNew: false };
}

function change(current: JsonObject, { contentType, body }: Patch, { collection }: WriteTarget): JsonObject {
  const { definition } = collection;
  if (contentType === mergePatchType) return mergePatch(current, parsePatch(body));
  if (contentType === strategicPatchType) return strategicMergePatch(current, parsePatch(body), definition.schema);
  const operations = parseJson(body);
  if (!Array.isArray(operations)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  try {
    const changed = jsonPatch(current, operations);
    if (isJsonObject(changed)) return changed;
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
  }
  throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request');
}

function parsePatch(body: string): JsonObject {
  const patch = parseJson(body);
  if (isJsonObject(patch)) return patch;
  throw badRequest('error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}');
}

function parseJson(body: string): Json {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : ''}`);
  }
}
