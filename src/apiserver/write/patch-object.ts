import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { mergePatch } from '../objects/merge-patch.ts';
import { badRequest, notFound } from '../objects/status-error.ts';
import type { WriteTarget, Written } from './api-context.ts';
import { applyConfig } from './apply-config.ts';
import { type Admitted, admitFields, unsupportedMediaType } from './decode-object.ts';
import { updateObject } from './update-object.ts';

export const mergePatchType = 'application/merge-patch+json';
export const applyPatchType = 'application/apply-patch+yaml';

export interface Patch {
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Changes an object by JSON merge patch or server-side apply (which creates a missing object). JSON patch and strategic
 * merge patch are not supported.
 *
 * @param warn called with warnings about unknown fields
 * @throws StatusError 400, 404, 409 Conflict, 415 for another kind of patch, 422 Invalid
 */
export function patchObject(target: WriteTarget, patch: Patch, warn: (warnings: readonly string[]) => void): Written {
  const current = target.collection.get(target.namespace, patch.name);
  switch (patch.contentType) {
    case mergePatchType: {
      if (current === undefined) throw notFound(target.collection.definition, patch.name);
      const { object, warnings } = merged(target, current, patch.body);
      warn(warnings);
      return { object: updateObject(target, current, object), isNew: false };
    }
    case applyPatchType:
      return applyConfig(target, current, patch);
    default:
      throw unsupportedMediaType([mergePatchType, applyPatchType]);
  }
}

function merged({ collection, options }: WriteTarget, current: Stored<KubeObject>, body: string): Admitted {
  const { definition } = collection;
  const changed = mergePatch(current as unknown as JsonObject, parsePatch(body));
  return admitFields(changed, definition, options.fieldValidation);
}

function parsePatch(body: string): JsonObject {
  let patch: Json;
  try {
    patch = JSON.parse(body);
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : ''}`);
  }
  if (isJsonObject(patch)) return patch;
  throw badRequest('error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}');
}
