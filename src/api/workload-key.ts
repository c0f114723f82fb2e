/** Reference to a workload: a scaleTargetRef or a workloadRef. */
export interface WorkloadRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** Returns a key that is equal for references to the same workload of a namespace; the API version does not count. */
export function workloadKey({ apiVersion, kind, name }: WorkloadRef): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${kind}/${name}`;
}
