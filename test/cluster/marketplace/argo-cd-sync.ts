import { listRefusals, readLive } from '../support/apply-manifests.ts';
import type { KubernetesClient } from '../support/kubernetes-client.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';
import { copyPointers, ignoredPointers } from './ignore-rules.ts';

export const argoCd = 'argocd-controller';

/**
 * A sync as Argo CD makes it with ServerSideApply: every manifest applied by force. With an Application, what its rules
 * ignore is taken from the live object first, as Argo CD's normalizeTargetResources does.
 *
 * @returns what was refused, a sentence each
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
