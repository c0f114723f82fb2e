import { k8s, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

export interface OperatorRolesProps {
  readonly name: string;
  readonly namespace: string;
  /** Whether the page asks the API server who a visitor is. @default false, while the page is not exposed */
  readonly exposePage?: boolean;
}

const read = ['get', 'list', 'watch'];

/**
 * What the operator may read, and the few fields and objects that it writes. No wildcards, and no access to secrets.
 */
const rules: readonly k8s.PolicyRule[] = [
  {
    apiGroups: ['headstart.dev'],
    resources: ['flashsales', 'scalingtargets', 'scalingpolicies', 'saleplans'],
    verbs: read,
  },
  {
    apiGroups: ['headstart.dev'],
    resources: ['flashsales/status', 'scalingtargets/status', 'scalingpolicies/status', 'saleplans/status'],
    verbs: ['patch'],
  },
  { apiGroups: ['headstart.dev'], resources: ['scalingtargets'], verbs: ['patch'] },
  { apiGroups: ['headstart.dev'], resources: ['saleplans'], verbs: ['create', 'delete', 'patch'] },
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: [...read, 'patch'] },
  { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: [...read, 'patch'] },
  { apiGroups: ['autoscaling.x-k8s.io'], resources: ['capacitybuffers'], verbs: [...read, 'patch'] },
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets'], verbs: read },
  { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['get', 'patch'] },
  { apiGroups: [''], resources: ['pods', 'resourcequotas', 'limitranges'], verbs: read },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'],
    resourceNames: ['headstart-approvals'],
    verbs: ['get'],
  },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
];

const reviewRules: readonly k8s.PolicyRule[] = [
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

/**
 * The operator's identity and its minimal permissions: cluster-wide for what it serves, in its own namespace for its
 * leases.
 */
export class OperatorRoles extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, exposePage = false }: OperatorRolesProps) {
    super(scope, id);
    const subjects = [{ kind: 'ServiceAccount', name, namespace }];

    new ServiceAccount(this, 'account', { metadata: { name } });
    new k8s.KubeClusterRole(this, 'cluster-role', {
      metadata: { name },
      rules: [...rules, ...(exposePage ? reviewRules : [])],
    });
    new k8s.KubeClusterRoleBinding(this, 'cluster-binding', {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects,
    });
    new k8s.KubeRole(this, 'lease-role', {
      metadata: { name: `${name}-leases` },
      rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'patch'] }],
    });
    new k8s.KubeRoleBinding(this, 'lease-binding', {
      metadata: { name: `${name}-leases` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `${name}-leases` },
      subjects,
    });
  }
}
