import type { KubernetesClient } from '../support/kubernetes-client.ts';

/** The label of the nodes kwok plays; pods of the suite ask for it and tolerate the taint beside it. */
const nodeLabel = { 'headstart.test/node': 'kwok' } as const;

export const nodeSelector = 'headstart.test/node=kwok';

/** What a pod template of the suite needs to run on a played node and nowhere else. */
export const onKwokNodes = {
  nodeSelector: nodeLabel,
  tolerations: [{ key: 'headstart.test/node', operator: 'Exists', effect: 'NoSchedule' }],
} as const;

/** Makes `count` nodes of 64 cores; the returned function takes them away again. */
export async function createNodes(client: KubernetesClient, count: number): Promise<() => Promise<void>> {
  const room = { cpu: '64', memory: '256Gi', pods: '500' };
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
