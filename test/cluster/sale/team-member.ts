import path from 'node:path';
import { writeServiceAccountKubeconfig } from '../control-plane/service-account-kubeconfig.ts';
import type { ControlPlane } from '../control-plane/start-control-plane.ts';
import { applyAll } from '../support/apply-manifests.ts';

/** A member of a team in one namespace, with the rights of the synthesized ClusterRole and no others. */
export interface TeamMember {
  readonly kubeconfig: string;
  /** The name that the API server knows it by. */
  readonly user: string;
}

/** Creates a ServiceAccount that stands for a member of a team; the ClusterRoles of the teams must be there. */
export async function createTeamMember(
  cluster: ControlPlane,
  namespace: string,
  team: 'merchandiser' | 'sre',
): Promise<TeamMember> {
  const metadata = { name: team, namespace };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `headstart-${team}` };
  const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata, roleRef };
  await applyAll(cluster.client, [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    Object.assign(binding, { subjects: [{ kind: 'ServiceAccount', ...metadata }] }),
  ]);
  const kubeconfig = path.join(cluster.folder, `${namespace}-${team}.kubeconfig`);
  await writeServiceAccountKubeconfig(cluster, metadata, kubeconfig);
  return { kubeconfig, user: `system:serviceaccount:${namespace}:${team}` };
}
