import type { ScalingTarget } from '../api/scaling-target.ts';
import { scalingTargets } from '../kube/resources/resource-kind.ts';
import type { ApplyContext } from './apply-context.ts';
import { toGone } from './live-read.ts';

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
