import path from 'node:path';
import { writeServiceAccountKubeconfig } from '../control-plane/service-account-kubeconfig.ts';
import type { ControlPlane } from '../control-plane/start-control-plane.ts';
import { synthesizeManifests } from '../marketplace/synthesize-manifests.ts';
import { applyAll, readManifests } from '../support/apply-manifests.ts';

/** The operator's ServiceAccount in its own manifests. */
export const operatorAccount = { namespace: 'headstart-system', name: 'headstart' };

/** Applies the CRDs and install.yaml, like a platform team. @returns a kubeconfig of the operator's ServiceAccount */
export async function installOperator(cluster: ControlPlane): Promise<string> {
  const folder = path.join(cluster.folder, 'manifests');
  await synthesizeManifests(folder);
  for (const file of ['crds.yaml', 'install.yaml']) {
    await applyAll(cluster.client, readManifests(path.join(folder, file)), { fieldManager: 'platform' });
  }
  const kubeconfig = path.join(cluster.folder, 'operator.kubeconfig');
  await writeServiceAccountKubeconfig(cluster, operatorAccount, kubeconfig);
  return kubeconfig;
}
