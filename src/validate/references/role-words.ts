/** Verbs of the API server, of RBAC itself and of approvals. */
export const knownVerbs = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'proxy', 'use'],
  ...['bind', 'escalate', 'impersonate', 'approve', 'sign', 'attest'],
];

/** The groups in which Kubernetes serves each resource that a role commonly names. */
export const groupsOfResource: ReadonlyMap<string, readonly string[]> = new Map([
  ...of('', 'configmaps', 'endpoints', 'limitranges', 'namespaces', 'nodes', 'persistentvolumeclaims'),
  ...of('', 'persistentvolumes', 'replicationcontrollers', 'resourcequotas', 'secrets', 'serviceaccounts', 'services'),
  ...of('apps', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'controllerrevisions'),
  ...of('batch', 'jobs', 'cronjobs'),
  ...of('autoscaling', 'horizontalpodautoscalers'),
  ...of('policy', 'poddisruptionbudgets'),
  ...of('networking.k8s.io', 'networkpolicies', 'ingressclasses', 'ingresses'),
  ...of('rbac.authorization.k8s.io', 'roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'),
  ...of('storage.k8s.io', 'storageclasses', 'volumeattachments', 'csidrivers', 'csinodes'),
  ...of('coordination.k8s.io', 'leases'),
  ...of('apiextensions.k8s.io', 'customresourcedefinitions'),
  ...of('discovery.k8s.io', 'endpointslices'),
  ...of('scheduling.k8s.io', 'priorityclasses'),
]);

function of(group: string, ...resources: readonly string[]) {
  return resources.map(resource => [resource, [group]] as const);
}
