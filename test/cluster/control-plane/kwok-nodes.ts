import type { KubernetesClient } from '../support/kubernetes-client.ts';

/** The label of the nodes that kwok simulates; pods of the suite select it and tolerate the taint beside it. */
const nodeLabel = { 'headstart.test/node': 'kwok' } as const;

export const nodeSelector = 'headstart.test/node=kwok';

/** Fields that make a pod template run on simulated nodes only. */
export const onKwokNodes = {
  nodeSelector: nodeLabel,
  tolerations: [{ key: 'headstart.test/node', operator: 'Exists', effect: 'NoSchedule' }],
} as const;

/** Creates `count` nodes of 64 cores; the returned function deletes them. */
export async function createNodes(client: KubernetesClient, count: number): Promise<() => Promise<void>> {
  const room = { cpu: '64', memory: '256Gi', pods: '500', 'ephemeral-storage': '500Gi' };
  const names = Array.from({ length: count }, (_, index) => `headstart-test-${index}`);
  for (const name of names) {
    const { status, body } = await client.call('POST', '/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: nodeLabel },
      spec: { taints: [{ key: 'headstart.test/node', value: 'kwok', effect: 'NoSchedule' }] },
      status: { allocatable: room, capacity: room },
    });
    if (status !== 201 && status !== 409) throw new Error(`node ${name}: ${status} ${JSON.stringify(body)}`);
  }
  return async () => {
    for (const name of names) await client.call('DELETE', `/api/v1/nodes/${name}`);
  };
}
