/** What a scaleTargetRef or a workloadRef names. */
export interface WorkloadRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** The same for two references to the same workload of a namespace: a version does not make another one. */
export function workloadKey({ apiVersion, kind, name }: WorkloadRef): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${kind}/${name}`;
}
