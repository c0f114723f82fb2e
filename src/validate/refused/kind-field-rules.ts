import { between, type FieldRule, oneOf, written } from './field-rules.ts';
import { labelForm, labelPattern } from './pod-field-rules.ts';

const accessModes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const protocols = ['TCP', 'UDP', 'SCTP'];
const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const host = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const hostForm = 'the lower-case name of a host, without scheme, port or path';
const updates = ['RollingUpdate', 'OnDelete'];

const workload = [
  between('spec.replicas', 0),
  between('spec.minReadySeconds', 0),
  between('spec.revisionHistoryLimit', 0),
];
const selector = oneOf('spec.selector.matchExpressions[].operator', ...operators);

function job(spec: string): readonly FieldRule[] {
  return [
    ...['backoffLimit', 'completions', 'parallelism', 'ttlSecondsAfterFinished'].map(field =>
      between(`${spec}.${field}`, 0),
    ),
    between(`${spec}.activeDeadlineSeconds`, 1),
    oneOf(`${spec}.completionMode`, 'NonIndexed', 'Indexed'),
    oneOf(`${spec}.podReplacementPolicy`, 'TerminatingOrFailed', 'Failed'),
  ];
}

function claim(spec: string): readonly FieldRule[] {
  return [
    {
      path: spec,
      expected: value => (hasModes(value) ? undefined : 'a claim with accessModes, such as [ReadWriteOnce]'),
    },
    oneOf(`${spec}.accessModes[]`, ...accessModes),
    oneOf(`${spec}.volumeMode`, 'Filesystem', 'Block'),
  ];
}

function hasModes(value: unknown): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    ('accessModes' in value && Array.isArray(value.accessModes) && value.accessModes.length > 0)
  );
}

/** What the API server asks of the fields of each kind beyond their types. */
export const kindFieldRules: ReadonlyMap<string, readonly FieldRule[]> = new Map<string, readonly FieldRule[]>([
  [
    'Deployment',
    [
      ...workload,
      selector,
      between('spec.progressDeadlineSeconds', 0),
      oneOf('spec.strategy.type', 'RollingUpdate', 'Recreate'),
    ],
  ],
  [
    'StatefulSet',
    [
      ...workload,
      selector,
      oneOf('spec.updateStrategy.type', ...updates),
      oneOf('spec.podManagementPolicy', 'OrderedReady', 'Parallel'),
      oneOf('spec.persistentVolumeClaimRetentionPolicy.whenDeleted|whenScaled', 'Retain', 'Delete'),
      ...claim('spec.volumeClaimTemplates[].spec'),
    ],
  ],
  ['DaemonSet', [...workload, selector, oneOf('spec.updateStrategy.type', ...updates)]],
  ['ReplicaSet', [...workload, selector]],
  ['Job', job('spec')],
  [
    'CronJob',
    [
      ...job('spec.jobTemplate.spec'),
      oneOf('spec.concurrencyPolicy', 'Allow', 'Forbid', 'Replace'),
      between('spec.startingDeadlineSeconds', 0),
      between('spec.successfulJobsHistoryLimit', 0),
      between('spec.failedJobsHistoryLimit', 0),
    ],
  ],
  [
    'HorizontalPodAutoscaler',
    [
      between('spec.minReplicas', 1),
      between('spec.maxReplicas', 1),
      between('spec.metrics[].resource|containerResource.target.averageUtilization', 1),
      oneOf('spec.metrics[].type', 'Resource', 'ContainerResource', 'Pods', 'Object', 'External'),
      oneOf(
        'spec.metrics[].resource|containerResource|pods|object|external.target.type',
        'Utilization',
        'AverageValue',
        'Value',
      ),
      oneOf('spec.behavior.scaleUp|scaleDown.selectPolicy', 'Max', 'Min', 'Disabled'),
      oneOf('spec.behavior.scaleUp|scaleDown.policies[].type', 'Pods', 'Percent'),
    ],
  ],
  ['PodDisruptionBudget', [selector, oneOf('spec.unhealthyPodEvictionPolicy', 'IfHealthyBudget', 'AlwaysAllow')]],
  [
    'NetworkPolicy',
    [
      oneOf('spec.policyTypes[]', 'Ingress', 'Egress'),
      oneOf('spec.ingress|egress[].ports[].protocol', ...protocols),
      oneOf('spec.podSelector.matchExpressions[].operator', ...operators),
    ],
  ],
  [
    'Service',
    [
      oneOf('spec.type', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
      oneOf('spec.sessionAffinity', 'ClientIP', 'None'),
      oneOf('spec.externalTrafficPolicy|internalTrafficPolicy', 'Cluster', 'Local'),
      oneOf('spec.ipFamilyPolicy', 'SingleStack', 'PreferDualStack', 'RequireDualStack'),
      oneOf('spec.ports[].protocol', ...protocols),
      between('spec.ports[].port', 1, 65_535),
      between('spec.ports[].targetPort', 0, 65_535),
      written('spec.ports[].name', labelPattern, labelForm),
    ],
  ],
  [
    'Ingress',
    [
      oneOf('spec.rules[].http.paths[].pathType', 'Exact', 'Prefix', 'ImplementationSpecific'),
      written('spec.rules[].http.paths[].path', /^\//, 'a path that begins with /'),
      written('spec.rules[].host', host, hostForm),
      written('spec.tls[].hosts[]', host, hostForm),
    ],
  ],
  ['HTTPRoute', [written('spec.hostnames[]', host, hostForm)]],
  ['PersistentVolumeClaim', claim('spec')],
  [
    'ResourceQuota',
    [
      oneOf(
        'spec.scopes[]',
        'Terminating',
        'NotTerminating',
        'BestEffort',
        'NotBestEffort',
        'PriorityClass',
        'CrossNamespacePodAffinity',
        'VolumeAttributesClass',
      ),
    ],
  ],
  ['LimitRange', [oneOf('spec.limits[].type', 'Container', 'Pod', 'PersistentVolumeClaim')]],
  ['PriorityClass', [oneOf('preemptionPolicy', 'PreemptLowerPriority', 'Never')]],
  [
    'StorageClass',
    [oneOf('reclaimPolicy', 'Delete', 'Retain'), oneOf('volumeBindingMode', 'Immediate', 'WaitForFirstConsumer')],
  ],
  [
    'ClusterRoleBinding',
    [
      oneOf('subjects[].kind', 'ServiceAccount', 'User', 'Group'),
      written('roleRef.kind', /^ClusterRole$/, 'ClusterRole: a Role belongs to one namespace'),
    ],
  ],
  [
    'RoleBinding',
    [oneOf('subjects[].kind', 'ServiceAccount', 'User', 'Group'), oneOf('roleRef.kind', 'Role', 'ClusterRole')],
  ],
]);
