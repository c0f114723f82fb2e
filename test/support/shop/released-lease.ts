/** A Lease that an earlier leader has released, so that the next one leads at once. */
export function releasedLease(namespace: string, name = 'headstart') {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace },
    spec: { holderIdentity: '', leaseDurationSeconds: 1, renewTime: '2026-11-27T18:00:00.000000Z' },
  };
}
