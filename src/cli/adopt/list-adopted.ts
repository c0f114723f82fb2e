import { isApiError } from '../../kube/api-error.ts';
import type { Connection } from '../../kube/connect.ts';
import { scalingTargets } from '../../kube/resources/resource-kind.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';

/** Lists the ScalingTargets of a namespace; none when the cluster does not have the kind yet. */
export async function listAdopted(connection: Connection, namespace: string): Promise<readonly KubeObject[]> {
  try {
    return await connection.resource(scalingTargets).list({ namespace });
  } catch (error) {
    if (isApiError(error, 404)) return [];
    throw error;
  }
}
