import { randomInt } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../schema/json.ts';
import { type Owners, readOwners, withManagedFields, writeOwners } from '../fields/managed-fields.ts';
import { trackUpdate } from '../fields/track-fields.ts';
import type { KubeObject, ObjectMetadata, Stored } from '../objects/kube-object.ts';
import { groupVersionOf } from '../objects/resource-definition.ts';
import { badRequest, forbidden, notFound, StatusError } from '../objects/status-error.ts';
import type { WriteTarget } from './api-context.ts';
import { checkObject, completeObject } from './complete-object.ts';

/**
 * Stores a new object: generates its name, removes system fields, sets the initial status, fills in defaults,
 * validates, and records the creator as owner of its fields.
 *
 * @param owners the owners of its fields, when server-side apply has determined them
 * @throws StatusError 400, 403 while the namespace is being deleted, 404 without the namespace, 409 AlreadyExists, 422
 * Invalid
 */
export function createObject(target: WriteTarget, object: JsonObject, owners?: Owners): Stored<KubeObject> {
  const { collection, context, options } = target;
  const { definition } = collection;
  const named = nameObject(target, object);
  if (named.metadata.resourceVersion !== undefined && named.metadata.resourceVersion !== '') {
    throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
  }
  checkNamespace(target, named.metadata.name);
  const complete = completeObject(withInitialStatus(named, target), definition);
  checkObject(complete, definition);
  const managed =
    owners ??
    trackUpdate(readOwners(named.metadata.managedFields), {
      before: definition.rules.blank ?? {},
      after: complete as unknown as JsonObject,
      schema: definition.schema,
      manager: { name: options.fieldManager, operation: 'Update', apiVersion: groupVersionOf(definition) },
      time: context.now(),
      ignored: definition.status ? ['status'] : [],
    });
  const metadata = withManagedFields(complete.metadata, writeOwners(managed));
  return collection.create({ ...complete, metadata }, { dryRun: options.dryRun });
}

/** Sets the namespace of the request. @throws StatusError 400 when the object states another one */
export function matchNamespace(metadata: ObjectMetadata, namespace: string): ObjectMetadata {
  const { namespace: given = '', ...rest } = metadata;
  if (namespace === '') return rest;
  if (given === '' || given === namespace) return { ...rest, namespace };
  throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
}

function nameObject({ collection, namespace }: WriteTarget, object: JsonObject): KubeObject {
  if (object.metadata !== undefined && !isJsonObject(object.metadata)) {
    throw badRequest('metadata must be an object');
  }
  const given = matchNamespace((object.metadata ?? {}) as unknown as ObjectMetadata, namespace);
  const { uid: _, creationTimestamp: __, deletionTimestamp: ___, generation: ____, ...kept } = given;
  const { deletionGracePeriodSeconds: _____, ...metadata } = kept;
  const { generateName = '' } = metadata;
  const name = metadata.name || (generateName === '' ? '' : `${generateName.slice(0, 58)}${randomSuffix()}`);
  const { kind } = collection.definition;
  return { ...object, apiVersion: groupVersionOf(collection.definition), kind, metadata: { ...metadata, name } };
}

/** Five letters or digits as the real server makes them: without vowels, so that no words appear. */
function randomSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
}

function checkNamespace({ context, collection, namespace }: WriteTarget, name: string): void {
  if (namespace === '') return;
  const namespaces = context.store.collection('namespaces');
  const found = namespaces.get('', namespace);
  if (found === undefined) throw notFound(namespaces.definition, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const message = `namespace ${namespace} is being terminated`;
  throw forbidden(collection.definition, name, why, [
    { reason: 'NamespaceTerminating', message, field: 'metadata.namespace' },
  ]);
}

function withInitialStatus(object: KubeObject, { collection: { definition } }: WriteTarget): KubeObject {
  const { initialStatus } = definition.rules;
  if (initialStatus !== undefined) return { ...object, status: initialStatus };
  if (!definition.status || !definition.custom) return object;
  const { status: _, ...rest } = object;
  return rest;
}
