import type { KubeObject } from '../../../src/apiserver/objects/kube-object.ts';
import { looseDefinition } from './loose-definition.ts';
import { type Shop, service, stored } from './sandbox-shop.ts';

/** Where ScaledObjects are stored once their definition is. */
export const storedScaledObjects = 'scaledobjects.keda.sh';

/** A ScaledObject as far as these tests read it. */
export interface ScaledObjectSeen extends KubeObject {
  readonly spec: {
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
    readonly scaleTargetRef: { readonly name: string };
  };
}

/** Defines the kind as loosely as a test needs: its bounds, and all else as it comes. */
export const scaledObjectDefinition = looseDefinition({ group: 'keda.sh', version: 'v1alpha1', kind: 'ScaledObject' });

/** A service whose Deployment a ScaledObject scales, 4..20, with fields laid over the ScaledObject's spec. */
export async function createScaledService(
  shop: Shop,
  name: string,
  { spec = {}, annotations = {} }: { readonly spec?: object; readonly annotations?: object } = {},
): Promise<void> {
  await shop.create(...service(name, { hpa: false }));
  await shop.create({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name, namespace: 'marketplace', annotations },
    spec: { scaleTargetRef: { name }, minReplicaCount: 4, maxReplicaCount: 20, triggers: [], ...spec },
  });
  await playKeda(shop, name);
}

/**
 * Does once what KEDA does in each of its reconciles: makes an HPA of a ScaledObject, or gives it the ScaledObject's
 * bounds and annotations.
 */
export async function playKeda(shop: Shop, name: string): Promise<void> {
  const { metadata, spec } = shop.get<ScaledObjectSeen>(storedScaledObjects, name);
  const { minReplicaCount = 0, maxReplicaCount = 100, scaleTargetRef } = spec;
  const { annotations = {} } = metadata;
  const bounds = { minReplicas: Math.max(1, minReplicaCount), maxReplicas: maxReplicaCount };
  const hpa = `keda-hpa-${name}`;
  if (shop.find(stored.hpas, hpa) !== undefined) {
    const kept = shop.get(stored.hpas, hpa).metadata.annotations ?? {};
    const gone = Object.fromEntries(Object.keys(kept).map(key => [key, null]));
    await shop.patch(
      stored.hpas,
      hpa,
      { metadata: { annotations: { ...gone, ...annotations } }, spec: bounds },
      'keda',
    );
    return;
  }
  const resource = { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } };
  const { uid } = metadata;
  await shop.create({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name: hpa,
      namespace: 'marketplace',
      annotations,
      ownerReferences: [{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name, uid, controller: true }],
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: scaleTargetRef.name },
      ...bounds,
      metrics: [{ type: 'Resource', resource }],
    },
  });
}
