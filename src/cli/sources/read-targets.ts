import { parseScalingTarget, type ScalingTarget } from '../../api/scaling-target.ts';
import { scalingTargets } from '../../kube/resources/resource-kind.ts';
import { scalingTargetsOf } from '../../manifests/our-objects.ts';
import { type ClusterOptions, withCluster } from '../cluster-options.ts';
import { ourFaults, readManifests } from '../files/read-manifests.ts';

/**
 * Reads the ScalingTargets of a folder, or else those of the namespace in the cluster, by name.
 *
 * @throws Error naming file and line of what is wrong, or when there is no target
 */
export async function readTargets(
  folder: string | undefined,
  cluster: ClusterOptions,
): Promise<readonly ScalingTarget[]> {
  const targets = folder === undefined ? await listTargets(cluster) : targetsOf(folder);
  if (targets.length === 0) throw new Error(`${folder ?? 'the namespace'} has no ScalingTarget`);
  return targets.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

function targetsOf(folder: string): readonly ScalingTarget[] {
  const manifests = readManifests([folder]);
  const told = ourFaults(manifests, ['ScalingTarget']);
  if (told.length > 0) throw new Error(told.join('\n'));
  return scalingTargetsOf(manifests).map(({ target }) => target);
}

function listTargets(cluster: ClusterOptions): Promise<readonly ScalingTarget[]> {
  return withCluster(cluster, async (connection, namespace) => {
    const listed = await connection.resource(scalingTargets).list({ namespace });
    return listed.map(parseScalingTarget);
  });
}
