import { z } from 'zod';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { type BuiltInKind, builtInKind } from '../schema/built-in-kinds.ts';
import type { Schema } from '../schema/structural-schema.ts';

/** A lookup of what is known about the kind of an object; undefined where no schema describes it. */
export type KindLookup = (object: ManifestObject) => BuiltInKind | undefined;

const definitionSchema = z.looseObject({
  spec: z.looseObject({
    group: z.string(),
    scope: z.string(),
    names: z.looseObject({ kind: z.string() }),
    versions: z.array(
      z.looseObject({
        name: z.string(),
        served: z.boolean(),
        schema: z.looseObject({ openAPIV3Schema: z.custom<Schema>(value => typeof value === 'object') }).optional(),
      }),
    ),
  }),
});

/** Makes a lookup of Kubernetes' own kinds and of those that CustomResourceDefinitions among the objects describe. */
export function lookUpKinds(objects: readonly ManifestObject[]): KindLookup {
  const custom = new Map(objects.filter(({ kind }) => kind === 'CustomResourceDefinition').flatMap(readDefinition));
  return ({ apiVersion, kind }) => builtInKind(apiVersion, kind) ?? custom.get(`${apiVersion} ${kind}`);
}

function readDefinition({ value }: ManifestObject): readonly (readonly [string, BuiltInKind])[] {
  const parsed = definitionSchema.safeParse(value);
  if (!parsed.success) return [];
  const { group, scope, names, versions } = parsed.data.spec;
  return versions
    .filter(version => version.served)
    .map(({ name, schema }) => [
      `${group}/${name} ${names.kind}`,
      { namespaced: scope === 'Namespaced', schema: wholeSchema(schema?.openAPIV3Schema ?? anything) },
    ]);
}

const anything: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Adds the fields that every object has. Metadata is the same for all kinds, and only the API server checks it. */
function wholeSchema(schema: Schema): Schema {
  const text: Schema = { type: 'string' };
  return { ...schema, properties: { ...schema.properties, apiVersion: text, kind: text, metadata: anything } };
}
