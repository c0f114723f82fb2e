import type { JsonObject } from '../../schema/json.ts';
import { deepFreeze, isSameJson } from '../../schema/json-value.ts';
import type { KubeObject, ObjectMetadata, Stored } from './kube-object.ts';
import type { ResourceDefinition } from './resource-definition.ts';

/** Formats a time as RFC 3339 in whole seconds, as metav1.Time is written. */
export function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Freezes the object for the store. */
export function freezeStored<T extends KubeObject>(object: T): Stored<T> {
  return deepFreeze(object) as Stored<T>;
}

/** The metadata that a writer cannot change. */
export function ownedByStore({ metadata }: Stored<KubeObject>): Partial<ObjectMetadata> {
  const { uid, resourceVersion, creationTimestamp, generation, deletionTimestamp, deletionGracePeriodSeconds } =
    metadata;
  return {
    uid,
    resourceVersion,
    creationTimestamp,
    ...(generation === undefined ? {} : { generation }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
  };
}

/**
 * Increases the generation when anything but metadata and status differs; leaves it where the kind does not count it.
 */
export function withGeneration<T extends KubeObject>(current: Stored<T>, next: T): T {
  const { generation } = current.metadata;
  if (generation === undefined || isSameJson(withoutStatus(current), withoutStatus(next))) return next;
  return { ...next, metadata: { ...next.metadata, generation: generation + 1 } };
}

export function isDeleting({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether something keeps a deleted object from being removed. */
export function isHeld(object: KubeObject, { rules }: ResourceDefinition): boolean {
  const { finalizers = [] } = object.metadata;
  return finalizers.length > 0 || rules.isHeld?.(object as unknown as JsonObject) === true;
}

function withoutStatus(object: KubeObject): object {
  return { ...object, metadata: undefined, status: undefined };
}
