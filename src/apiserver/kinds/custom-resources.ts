import { metadataSchema } from '../../schema/built-in-schema.ts';
import type { JsonObject } from '../../schema/json.ts';
import type { Schema } from '../../schema/structural-schema.ts';
import { objectIn, objectsIn, textIn, textsIn } from '../objects/json-access.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import type { ResourceDefinition, ScalePaths } from '../objects/resource-definition.ts';
import { qualifiedName } from '../objects/status-error.ts';
import type { ObjectStore } from '../store/object-store.ts';

const cleanup = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * Serves the kind of each CustomResourceDefinition as soon as it is written: registers it, sets the condition
 * Established, and deletes its objects with the definition. @returns a function that stops this
 */
export function serveCustomResources(store: ObjectStore): () => void {
  const definitions = store.collection('customresourcedefinitions.apiextensions.k8s.io');
  for (const definition of definitions.list()) register(store, definition);
  return definitions.subscribe(({ type, object }) => {
    if (type === 'DELETED') store.unregister(object.metadata.name);
    else if (object.metadata.deletionTimestamp !== undefined) removeAll(store, object);
    else register(store, object);
  });
}

/**
 * Reads the kind that a CustomResourceDefinition declares, in its storage version. The sandbox serves one version per
 * kind and converts none.
 */
export function readCustomResource(object: KubeObject): ResourceDefinition {
  const spec = objectIn(object as unknown as JsonObject, 'spec');
  const names = objectIn(spec, 'names');
  const version = objectsIn(spec, 'versions').find(({ storage }) => storage === true) ?? {};
  const subresources = objectIn(version, 'subresources');
  const kind = textIn(names, 'kind');
  const scale = scalePaths(subresources);
  return {
    group: textIn(spec, 'group'),
    version: textIn(version, 'name'),
    kind,
    listKind: textIn(names, 'listKind') || `${kind}List`,
    plural: textIn(names, 'plural'),
    singular: textIn(names, 'singular') || kind.toLowerCase(),
    shortNames: textsIn(names, 'shortNames'),
    categories: textsIn(names, 'categories'),
    namespaced: spec.scope === 'Namespaced',
    status: subresources.status !== undefined,
    ...(scale === undefined ? {} : { scale }),
    generation: true,
    selectableFields: objectsIn(version, 'selectableFields').map(field => textIn(field, 'jsonPath').replace(/^\./, '')),
    unconditionalUpdate: false,
    deleteAnswers: 'Status',
    custom: true,
    columns: objectsIn(version, 'additionalPrinterColumns'),
    schema: wholeSchema(objectIn(objectIn(version, 'schema'), 'openAPIV3Schema')),
    rules: {},
  };
}

function register(store: ObjectStore, object: Stored<KubeObject>): void {
  const definition = readCustomResource(object);
  if (!store.has(qualifiedName(definition))) establish(store, object, definition);
  else store.register(definition);
}

function establish(store: ObjectStore, object: Stored<KubeObject>, definition: ResourceDefinition): void {
  store.register(definition);
  const spec = objectIn(object as unknown as JsonObject, 'spec');
  const since = object.metadata.creationTimestamp;
  const condition = (type: string, reason: string, message: string) => {
    return { type, status: 'True', reason, message, lastTransitionTime: since };
  };
  const finalizers = [...new Set([...(object.metadata.finalizers ?? []), cleanup])];
  store.collection('customresourcedefinitions.apiextensions.k8s.io').replace({
    ...object,
    metadata: { ...object.metadata, finalizers },
    status: {
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
        condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
      ],
      acceptedNames: spec.names ?? {},
      storedVersions: [definition.version],
    },
  });
}

/** Deletes the objects of a definition that is being deleted, and then the definition. */
function removeAll(store: ObjectStore, { metadata: { name } }: Stored<KubeObject>): void {
  const release = () => {
    const definitions = store.collection('customresourcedefinitions.apiextensions.k8s.io');
    const object = definitions.get('', name);
    if (object === undefined || (store.has(name) && store.collection(name).size > 0)) return;
    const finalizers = (object.metadata.finalizers ?? []).filter(finalizer => finalizer !== cleanup);
    definitions.replace({ ...object, metadata: { ...object.metadata, finalizers } });
  };
  if (store.has(name)) {
    const collection = store.collection(name);
    const left = collection.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    if (collection.size > 0 && left.length > 0) {
      collection.subscribe(({ type }) => {
        if (type === 'DELETED') release();
      });
    }
    for (const { metadata } of left) collection.delete(metadata.namespace ?? '', metadata.name);
  }
  release();
}

/** Adds the fields that every object has, so that custom and built-in kinds are handled alike. */
function wholeSchema(schema: Schema): Schema {
  const text: Schema = { type: 'string' };
  return { ...schema, properties: { ...schema.properties, apiVersion: text, kind: text, metadata: metadataSchema() } };
}

function scalePaths(subresources: JsonObject): ScalePaths | undefined {
  if (subresources.scale === undefined) return undefined;
  const scale = objectIn(subresources, 'scale');
  const labelSelector = textIn(scale, 'labelSelectorPath');
  return {
    specReplicas: textIn(scale, 'specReplicasPath'),
    statusReplicas: textIn(scale, 'statusReplicasPath'),
    ...(labelSelector === '' ? {} : { labelSelector }),
  };
}
