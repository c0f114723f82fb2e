import type { KubeObject, ObjectMetadata, Stored } from './kube-object.ts';
import { conflict, type ResourceName } from './status-error.ts';

/** The preconditions of a delete. */
export interface Preconditions {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/**
 * Checks optimistic concurrency: a uid or resourceVersion in the written object must equal the stored one.
 *
 * @throws StatusError 409 Conflict
 */
export function checkWrite(resource: ResourceName, stated: ObjectMetadata, { metadata }: Stored<KubeObject>): void {
  const { name, uid, resourceVersion } = metadata;
  if (stated.uid !== undefined && stated.uid !== uid) {
    throw conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${stated.uid}, UID in object meta: ${uid}`,
    );
  }
  if (stated.resourceVersion !== undefined && stated.resourceVersion !== resourceVersion) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(resource, name, why);
  }
}

/** Checks the preconditions of a delete. @throws StatusError 409 Conflict when the stored object does not meet them */
export function checkDelete(resource: ResourceName, stated: Preconditions, { metadata }: Stored<KubeObject>): void {
  const { name, uid, resourceVersion } = metadata;
  if (stated.uid !== undefined && stated.uid !== uid) {
    const why = `the UID in the precondition (${stated.uid}) does not match the UID in record (${uid}).`;
    throw conflict(resource, name, `${why} The object might have been deleted and then recreated`);
  }
  if (stated.resourceVersion !== undefined && stated.resourceVersion !== resourceVersion) {
    const why = `the ResourceVersion in the precondition (${stated.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}).`;
    throw conflict(resource, name, `${why} The object might have been modified`);
  }
}
