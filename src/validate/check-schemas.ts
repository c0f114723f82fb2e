import type { FieldPath, ManifestObject } from '../manifests/manifest-object.ts';
import { meantKind } from '../manifests/our-kind.ts';
import { builtInKind, isBuiltInGroup, servedVersions } from '../schema/built-in-kinds.ts';
import type { StatusCause } from '../schema/field-fault.ts';
import { isJsonObject } from '../schema/json.ts';
import { pruneUnknownFields } from '../schema/schema-pruning.ts';
import { schemaFaults } from '../schema/schema-validation.ts';
import type { Remark, Rule } from './finding.ts';
import { lookUpKinds } from './known-kinds.ts';

/**
 * Checks objects of Kubernetes' own kinds, as version 1.36 publishes them, and of kinds whose CustomResourceDefinition
 * is among the objects: unknown fields, missing fields, types. CEL rules of other projects' definitions are left to the
 * API server.
 */
export const checkSchemas: Rule = {
  code: 'schema',
  check: (objects, { definitions }) => {
    const kindOf = lookUpKinds([...objects, ...definitions]);
    return objects.flatMap(object => {
      if (meantKind(object) !== undefined) return [];
      const known = kindOf(object);
      if (known === undefined)
        return isBuiltInGroup(object.apiVersion) || formerGroups.test(object.apiVersion) ? [notServed(object)] : [];
      return schemaRemarks(object, known.schema);
    });
  },
};

/** Lists the kinds that no schema describes, so that the reader knows what was not checked. */
export function uncheckedKinds(objects: readonly ManifestObject[], definitions: readonly ManifestObject[]) {
  const kindOf = lookUpKinds([...objects, ...definitions]);
  const unknown = objects.filter(
    object => meantKind(object) === undefined && !isBuiltInGroup(object.apiVersion) && kindOf(object) === undefined,
  );
  return [...Map.groupBy(unknown, ({ apiVersion, kind }) => `${apiVersion} ${kind}`)]
    .map(([kind, { length }]) => ({ kind, objects: length }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** Groups that Kubernetes served once and serves no more. */
const formerGroups = /^(extensions|settings\.k8s\.io|auditregistration\.k8s\.io)\//;

function notServed(object: ManifestObject): Remark {
  const others = servedVersions(object.kind);
  const hint =
    others.length === 0
      ? `${object.kind} is not one of its kinds`
      : `${others.join(' and ')} ${others.length === 1 ? 'is' : 'are'}`;
  return {
    object,
    field: ['apiVersion'],
    message: `${object.apiVersion} ${object.kind} is not served by Kubernetes 1.36; ${hint}`,
  };
}

function schemaRemarks(object: ManifestObject, schema: Parameters<typeof schemaFaults>[1]): readonly Remark[] {
  if (!isJsonObject(object.value)) return [];
  const isOwn = builtInKind(object.apiVersion, object.kind) !== undefined;
  const { value, unknown } = pruneUnknownFields(object.value, schema);
  return [
    ...unknown.map(field => ({
      object,
      field: pathOf(field),
      part: 'key' as const,
      message: `${field}: is not a field of ${object.apiVersion} ${object.kind}`,
    })),
    ...schemaFaults(value, schema, '')
      .filter(({ field, message }) => !isFilledIn(object, field) && !(isOwn && isNull.test(message)))
      .map(fault => ({
        object,
        field: pathOf(fault.field),
        message: sentenceOf(fault),
      })),
  ];
}

/** A field that is null, which the API server reads as left out in its own kinds. */
const isNull = /: "null"$/;

/** Whether a tool replaces the value before it is applied: `replicas: ${REPLICAS}`. */
function isFilledIn(object: ManifestObject, field: string): boolean {
  return /\$\{|\$\(/.test(object.wordAt(pathOf(field)) ?? '');
}

/** The message with the field first, and without the API server's wrapping. */
function sentenceOf({ field, message }: StatusCause): string {
  const [, expected, actual] = /must be of type (\S+): "([^"]*)"$/.exec(message) ?? [];
  if (expected !== undefined) return `${field}: must be ${expected.replace(',', ' or ')}, got ${actual}`;
  return `${field}: ${message === 'Required value' ? 'is missing' : message}`;
}

/** `spec.calls[0].target` → `['spec', 'calls', 0, 'target']`. */
export function pathOf(field: string): FieldPath {
  return (field.match(/[^.[\]]+/g) ?? []).map(part => (/^\d+$/.test(part) ? Number(part) : part));
}
