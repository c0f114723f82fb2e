import type { ScalingTarget } from '../api/scaling-target.ts';
import { isApiError } from '../kube/api-error.ts';
import { scalingTargets } from '../kube/resources/resource-kind.ts';
import type { ApplyContext } from './apply-context.ts';

/** Returns the object, or undefined when it no longer exists. Every other failure is thrown. */
export async function toGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isApiError(error, 404, 410)) return undefined;
    throw error;
  }
}

/**
 * Returns whether a target that a stale cache holds still exists and is not being deleted: what is raised for one that
 * is gone is never put back.
 *
 * @throws ApiError, TransportError when it cannot be read
 */
export async function isLiveTarget(
  { connection, signal }: ApplyContext,
  { metadata }: ScalingTarget,
): Promise<boolean> {
  const { name, namespace, uid } = metadata;
  const live = await toGone(connection.resource(scalingTargets).get({ name, namespace }, { signal }));
  return live !== undefined && live.metadata?.uid === uid && live.metadata?.deletionTimestamp === undefined;
}
