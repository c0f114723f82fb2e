import { unsupportedField } from '../../schema/field-fault.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { textsIn } from '../objects/json-access.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import type { Preconditions } from '../objects/preconditions.ts';
import { invalid } from '../objects/status-error.ts';
import { isDeleting } from '../objects/stored-object.ts';
import type { Collection } from '../store/collection.ts';
import { parseBody } from './decode-object.ts';

/** The options of a delete, from its query or its body. */
export interface DeleteRequest extends Preconditions {
  readonly dryRun: boolean;
}

/** Parses the options. @throws StatusError 400 for an invalid body, 422 for an invalid value */
export function parseDeleteOptions(query: URLSearchParams, body: string, contentType: string): DeleteRequest {
  const given = body.trim() === '' ? {} : parseBody(body, contentType === '' ? 'application/json' : contentType);
  const preconditions = isJsonObject(given.preconditions) ? given.preconditions : {};
  const dryRun = [...query.getAll('dryRun'), ...textsIn(given, 'dryRun')].filter(text => text !== '');
  const policy = text(given.propagationPolicy) ?? query.get('propagationPolicy') ?? undefined;
  const faults = [
    ...(dryRun.every(value => value === 'All') ? [] : [unsupportedField('dryRun', dryRun, ['All'])]),
    ...(policy === undefined || policies.includes(policy)
      ? []
      : [unsupportedField('propagationPolicy', policy, [...policies, 'nil'])]),
  ];
  if (faults.length > 0) throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'DeleteOptions' }, '', faults);
  return {
    dryRun: dryRun.length > 0,
    uid: text(preconditions.uid),
    resourceVersion: text(preconditions.resourceVersion),
  };
}

/**
 * Deletes one object and answers as the real server does: a Status when it is gone; the object itself when it waits for
 * its finalizers or its kind answers so.
 *
 * @throws StatusError 404 NotFound, 409 Conflict when a precondition fails
 */
export function deleteObject(
  collection: Collection,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  options: DeleteRequest,
): Stored<KubeObject> | JsonObject {
  const { definition } = collection;
  const deleted = collection.delete(namespace, name, options);
  if (isDeleting(deleted) || definition.deleteAnswers === 'Object') return deleted;
  const { group, plural: kind } = definition;
  const details = { name, ...(group === '' ? {} : { group }), kind, uid: deleted.metadata.uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

const policies = ['Background', 'Foreground', 'Orphan'];

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
