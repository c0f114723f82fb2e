import type { KubeObject } from '../../../../src/apiserver/objects/kube-object.ts';
import { looseDefinition } from '../loose-definition.ts';
import type { Shop } from '../sandbox-shop.ts';

/** Where CapacityBuffers are stored once their definition is. */
export const storedBuffers = 'capacitybuffers.autoscaling.x-k8s.io';

/** A CapacityBuffer as far as tests read it. */
export type BufferSeen = KubeObject & {
  readonly spec: { readonly replicas?: number; readonly percentage?: number };
  readonly status?: { readonly replicas?: number };
};

/** Defines the kind and creates the CapacityBuffer of a service, as `headstart placeholders --capacity-buffer` prints it. */
export async function createBuffer(shop: Shop, service: string): Promise<void> {
  await shop.create(looseDefinition({ group: 'autoscaling.x-k8s.io', version: 'v1beta1', kind: 'CapacityBuffer' }));
  await shop.create({
    apiVersion: 'autoscaling.x-k8s.io/v1beta1',
    kind: 'CapacityBuffer',
    metadata: {
      name: `${service}-sale`,
      namespace: 'marketplace',
      labels: { 'headstart.dev/placeholder-for': service },
    },
    spec: { scalableRef: { apiGroup: 'apps', kind: 'Deployment', name: service } },
  });
}
