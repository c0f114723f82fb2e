import { listRefusals, readLive } from '../support/apply-manifests.ts';
import type { KubernetesClient } from '../support/kubernetes-client.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';
import { copyPointers, ignoredPointers } from './ignore-rules.ts';

export const argoCd = 'argocd-controller';

/**
 * Syncs like Argo CD with ServerSideApply: every manifest is applied by force. With an Application, the fields that its
 * rules ignore are copied from the live object first, as in Argo CD's normalizeTargetResources.
 *
 * @returns the refusals, one sentence each
 */
export async function syncAsArgoCd(
  client: KubernetesClient,
  manifests: readonly KubernetesObject[],
  application?: KubernetesObject,
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const manifest of manifests) {
    const pointers = application === undefined ? [] : ignoredPointers(manifest, application);
    const target =
      pointers.length === 0 ? manifest : copyPointers(manifest, await readLive(client, manifest), pointers);
    refused.push(...(await listRefusals(client, [target], { fieldManager: argoCd })));
  }
  return refused;
}
