/** The namespace of these objects. */
export const namespace = 'shop';

/** An HPA of 4 to 20 replicas. */
export const hpa = (
  name: string,
  more: {
    readonly owner?: object;
    readonly metrics?: readonly object[];
    readonly kind?: string;
    readonly scales?: string;
  } = {},
) => ({
  metadata: { name, namespace, ...(more.owner === undefined ? {} : { ownerReferences: [more.owner] }) },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: more.kind ?? 'Deployment', name: more.scales ?? name },
    minReplicas: 4,
    maxReplicas: 20,
    ...(more.metrics === undefined ? {} : { metrics: more.metrics }),
  },
});
/** The reference to an owner that controls the object. */
export const ownedBy = (apiVersion: string, kind: string, name: string) => ({
  apiVersion,
  kind,
  name,
  uid: `u-${name}`,
  controller: true,
});
/** A ScaledObject on a query of Prometheus, 40 a second for each replica. */
export const scaledObject = (name: string, minReplicaCount: number, query: string) => ({
  metadata: { name, namespace },
  spec: {
    scaleTargetRef: { name },
    minReplicaCount,
    maxReplicaCount: 30,
    triggers: [{ type: 'prometheus', metadata: { query, threshold: '40' } }],
  },
});
