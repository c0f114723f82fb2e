import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';
import type { Schema } from '../../schema/structural-schema.ts';

/**
 * Applies a strategic merge patch to a built-in kind: as a JSON merge patch, except that lists with a key merge item by
 * item, and directives (`$patch`, `$retainKeys`, `$deleteFromPrimitiveList`, `$setElementOrder`) are followed. The key
 * is the first of the list's map keys, as in the types of Kubernetes.
 *
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export function strategicMergePatch(document: JsonObject, patch: JsonObject, schema: Schema): JsonObject {
  return mergeObject(document, patch, schema);
}

function mergeObject(document: JsonObject, patch: JsonObject, schema: Schema | undefined): JsonObject {
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  if (patch.$patch === 'delete') return {};
  const { $retainKeys: retained } = patch;
  const kept = Array.isArray(retained) ? only(document, retained) : document;
  const merged = new Map<string, Json>();
  for (const [field, value] of Object.entries(kept)) if (value !== undefined) merged.set(field, value);
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined || isDirective(field)) continue;
    if (value === null) merged.delete(field);
    else merged.set(field, mergeValue(merged.get(field), value, fieldSchema(schema, field)));
  }
  followDirectives(merged, patch, schema);
  return Object.fromEntries(merged);
}

function mergeValue(present: Json | undefined, patch: Json, schema: Schema | undefined): Json {
  if (isJsonObject(patch)) return mergeObject(isJsonObject(present) ? present : {}, patch, schema);
  const key = keyOf(schema);
  if (!Array.isArray(patch) || key === undefined) return mergePrimitives(present, patch, schema);
  return mergeItems(Array.isArray(present) ? present : [], patch, { key, schema: schema?.items });
}

function mergePrimitives(present: Json | undefined, patch: Json, schema: Schema | undefined): Json {
  const isSet = schema?.['x-kubernetes-list-type'] === 'set';
  if (!isSet || !Array.isArray(present) || !Array.isArray(patch)) return patch;
  return [...present, ...patch.filter(item => !present.some(known => isSameJson(known, item)))];
}

function mergeItems(
  present: readonly Json[],
  patch: readonly Json[],
  { key, schema }: { readonly key: string; readonly schema: Schema | undefined },
): readonly Json[] {
  const changes = patch.filter(isJsonObject);
  if (changes.some(item => item.$patch === 'replace' && ownValue(item, key) === undefined)) {
    return changes.filter(item => item.$patch !== 'replace');
  }
  let items = [...present];
  for (const change of changes) {
    const at = items.findIndex(item => isJsonObject(item) && isSameJson(ownValue(item, key), ownValue(change, key)));
    const known = items[at];
    if (change.$patch === 'delete') items = items.filter((_, index) => index !== at);
    else if (isJsonObject(known)) items[at] = mergeObject(known, change, schema);
    else items.push(mergeObject({}, change, schema));
  }
  return items;
}

/** Follows the directives beside a list: what to remove from it, and the order of its items. */
function followDirectives(merged: Map<string, Json>, patch: JsonObject, schema: Schema | undefined): void {
  for (const [directive, value] of Object.entries(patch)) {
    const [how, field = ''] = directive.split('/');
    const list = merged.get(field);
    if (!Array.isArray(value) || !Array.isArray(list)) continue;
    if (how === '$deleteFromPrimitiveList') {
      merged.set(
        field,
        list.filter(item => !value.some(gone => isSameJson(gone, item))),
      );
    }
    if (how === '$setElementOrder') merged.set(field, ordered(list, value, keyOf(fieldSchema(schema, field))));
  }
}

function ordered(list: readonly Json[], order: readonly Json[], key: string | undefined): readonly Json[] {
  const identity = (item: Json) => (key !== undefined && isJsonObject(item) ? ownValue(item, key) : item);
  const place = (item: Json) => order.findIndex(each => isSameJson(identity(each), identity(item)));
  const known = list.filter(item => place(item) >= 0).sort((a, b) => place(a) - place(b));
  return [...known, ...list.filter(item => place(item) < 0)];
}

function keyOf(schema: Schema | undefined): string | undefined {
  return schema?.['x-kubernetes-list-type'] === 'map' ? schema['x-kubernetes-list-map-keys']?.[0] : undefined;
}

function fieldSchema(schema: Schema | undefined, field: string): Schema | undefined {
  const { additionalProperties } = schema ?? {};
  return (
    ownValue(schema?.properties, field) ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
  );
}

function only(document: JsonObject, fields: readonly Json[]): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([field]) => fields.includes(field)));
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !isDirective(field)));
}

function isDirective(field: string): boolean {
  return field.startsWith('$');
}
