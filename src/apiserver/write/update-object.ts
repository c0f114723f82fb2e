import { isJsonObject, type JsonObject } from '../../schema/json.ts';
import { isSameJson } from '../../schema/json-value.ts';
import { fieldSetOf, intersection, isEmptySet } from '../fields/field-set.ts';
import { type Owners, readOwners, withManagedFields, writeOwners } from '../fields/managed-fields.ts';
import { trackUpdate } from '../fields/track-fields.ts';
import type { KubeObject, ManagedFieldsEntry, ObjectMetadata, Stored } from '../objects/kube-object.ts';
import { checkWrite } from '../objects/preconditions.ts';
import { groupVersionOf, type ResourceDefinition } from '../objects/resource-definition.ts';
import { badRequest } from '../objects/status-error.ts';
import type { WriteTarget } from './api-context.ts';
import { checkObject, checkStatus, completeObject } from './complete-object.ts';
import { matchNamespace } from './create-object.ts';

/**
 * Stores a changed object: keeps what the request cannot change (status, or all but status), fills in defaults,
 * validates against the stored object, and records the writer as owner of the changed fields.
 *
 * @param owners the owners of the fields, when server-side apply has determined them
 * @throws StatusError 400, 404, 409 Conflict for a stale resourceVersion, 422 Invalid
 */
export function updateObject(
  target: WriteTarget,
  current: Stored<KubeObject>,
  changed: JsonObject,
  owners?: Owners,
): Stored<KubeObject> {
  const { collection, options } = target;
  const { definition } = collection;
  const given = matchNamespace((changed.metadata ?? {}) as unknown as ObjectMetadata, target.namespace);
  checkName(given, current);
  const next = project(target, current, {
    ...changed,
    metadata: fillMetadata(given, current),
  } as unknown as KubeObject);
  const complete = completeObject(next, definition);
  checkWrite(definition, { ...complete.metadata, uid: current.metadata.uid }, current);
  if (target.subresource === 'status') checkStatus(complete, definition, current);
  else checkObject(complete, definition, current);
  const entries = writeOwners(owners ?? trackChange(target, current, complete));
  const stored = writeOwners(readOwners(current.metadata.managedFields));
  const onlyTimes =
    isSameJson(timeless(entries), timeless(stored)) && isSameJson(unmanaged(complete), unmanaged(current));
  const metadata = withManagedFields(complete.metadata, onlyTimes ? stored : entries);
  return collection.replace({ ...complete, metadata }, { dryRun: options.dryRun });
}

function checkName({ name }: ObjectMetadata, current: Stored<KubeObject>): void {
  if (name === current.metadata.name) return;
  const url = current.metadata.name;
  if (name === undefined || name === '') {
    throw badRequest(`the name of the object (${url} based on URL) was undeterminable: name must be provided`);
  }
  throw badRequest(`the name of the object (${name}) does not match the name on the URL (${url})`);
}

/** Takes metadata that the writer may omit from the stored object. */
function fillMetadata(given: ObjectMetadata, { metadata }: Stored<KubeObject>): ObjectMetadata {
  const { uid, creationTimestamp, generation } = metadata;
  return {
    ...given,
    uid: given.uid || uid,
    creationTimestamp,
    ...(generation === undefined ? {} : { generation }),
  };
}

/** Takes everything that the request cannot change from the stored object. */
function project({ collection, subresource }: WriteTarget, current: Stored<KubeObject>, next: KubeObject): KubeObject {
  if (subresource === 'status') {
    const { resourceVersion, uid } = next.metadata;
    const metadata = {
      ...current.metadata,
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      uid: uid ?? '',
    };
    const { status: _, ...rest } = current;
    return { ...rest, metadata, ...(next.status === undefined ? {} : { status: next.status }) };
  }
  if (!collection.definition.status) return next;
  const { status: _, ...rest } = next;
  return current.status === undefined ? rest : { ...rest, status: current.status };
}

function trackChange(target: WriteTarget, current: Stored<KubeObject>, after: KubeObject): Owners {
  const { collection, context, options, subresource } = target;
  const given = subresource === undefined ? after.metadata.managedFields : undefined;
  const owners = isReset(given)
    ? new Map()
    : readOwners(given?.every(isEntry) ? given : current.metadata.managedFields);
  if (owners.size === 0) return owners;
  if (subresource === 'scale' && !isReplicasOwned(collection.definition, owners)) return owners;
  return trackUpdate(owners, {
    before: current as unknown as JsonObject,
    after: after as unknown as JsonObject,
    schema: collection.definition.schema,
    manager: {
      name: options.fieldManager,
      operation: 'Update',
      apiVersion: groupVersionOf(collection.definition),
      ...(subresource === undefined ? {} : { subresource }),
    },
    time: context.now(),
    ignored: [],
  });
}

/**
 * Whether a manager owns the replicas. If none does, the real server does not start to track them with a write of
 * `/scale`.
 */
function isReplicasOwned({ scale }: ResourceDefinition, owners: Owners): boolean {
  const path = (scale?.specReplicas ?? '').split('.').filter(field => field !== '');
  const replicas = fieldSetOf([path.map(field => `f:${field}`)]);
  return [...owners.values()].some(({ fields }) => !isEmptySet(intersection(fields, replicas)));
}

/** Whether managedFields is `[]` or `[{}]`, with which a writer turns tracking off. */
function isReset(given: readonly Partial<ManagedFieldsEntry>[] | undefined): boolean {
  return given?.every(entry => Object.keys(entry).length === 0) === true && given.length <= 1;
}

function isEntry(entry: Partial<ManagedFieldsEntry>): boolean {
  return typeof entry.manager === 'string' && typeof entry.apiVersion === 'string' && isJsonObject(entry.fieldsV1);
}

/**
 * The entries without their times. Where nothing but times would change, of the entries and of the object, the real
 * server keeps the stored times, so that an empty change writes nothing.
 */
function timeless(entries: readonly ManagedFieldsEntry[]): readonly string[] {
  return entries.map(entry => JSON.stringify({ ...entry, time: '' })).sort();
}

/** The object without what every write may set anew: managedFields and resourceVersion. */
function unmanaged(object: KubeObject): JsonObject {
  const { managedFields: _, resourceVersion: __, ...metadata } = object.metadata;
  return { ...object, metadata } as unknown as JsonObject;
}
