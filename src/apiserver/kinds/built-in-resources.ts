import { builtInSchema } from '../../schema/built-in-schema.ts';
import type { ResourceDefinition, ScalePaths } from '../objects/resource-definition.ts';
import { autoscalerRules } from './autoscaler-rules.ts';
import {
  configMapRules,
  eventRules,
  leaseRules,
  limitRangeRules,
  namespaceRules,
  nodeRules,
  resourceQuotaRules,
} from './cluster-rules.ts';
import { customResourceDefinitionRules } from './custom-resource-definition-rules.ts';
import { podRules } from './pod-rules.ts';
import { deploymentRules, replicaSetRules, statefulSetRules } from './workload-rules.ts';

type Row = Partial<ResourceDefinition> & Pick<ResourceDefinition, 'rules'>;

const scale: ScalePaths = { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas' };
const clusterWide = { namespaced: false } as const;
const withStatus = { status: true } as const;
const workload = { ...withStatus, generation: true, scale, categories: ['all'] } as const;
/** The fields that the real server offers for events of both groups. */
const eventFields = ['reason', 'reportingComponent', 'source', 'type'];
const involved = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** The built-in kinds that the sandbox serves; all others come from CustomResourceDefinitions. */
export const builtInResources: readonly ResourceDefinition[] = [
  define('v1', 'Namespace', 'namespaces', {
    ...clusterWide,
    ...withStatus,
    shortNames: ['ns'],
    deleteAnswers: 'Object',
    selectableFields: ['status.phase'],
    rules: namespaceRules,
  }),
  define('v1', 'Node', 'nodes', {
    ...clusterWide,
    ...withStatus,
    shortNames: ['no'],
    selectableFields: ['spec.unschedulable'],
    rules: nodeRules,
  }),
  define('v1', 'Pod', 'pods', {
    ...withStatus,
    generation: true,
    shortNames: ['po'],
    categories: ['all'],
    deleteAnswers: 'Object',
    selectableFields: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'status.phase', 'status.podIP'],
    rules: podRules,
  }),
  define('v1', 'Event', 'events', {
    shortNames: ['ev'],
    selectableFields: [...involved.map(field => `involvedObject.${field}`), ...eventFields],
    rules: eventRules,
  }),
  define('v1', 'ConfigMap', 'configmaps', { shortNames: ['cm'], rules: configMapRules }),
  define('v1', 'ResourceQuota', 'resourcequotas', { ...withStatus, shortNames: ['quota'], rules: resourceQuotaRules }),
  define('v1', 'LimitRange', 'limitranges', { shortNames: ['limits'], rules: limitRangeRules }),
  define('apps/v1', 'Deployment', 'deployments', { ...workload, shortNames: ['deploy'], rules: deploymentRules }),
  define('apps/v1', 'ReplicaSet', 'replicasets', { ...workload, shortNames: ['rs'], rules: replicaSetRules }),
  define('apps/v1', 'StatefulSet', 'statefulsets', { ...workload, shortNames: ['sts'], rules: statefulSetRules }),
  define('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    ...withStatus,
    shortNames: ['hpa'],
    categories: ['all'],
    rules: autoscalerRules,
  }),
  define('coordination.k8s.io/v1', 'Lease', 'leases', { unconditionalUpdate: false, rules: leaseRules }),
  define('events.k8s.io/v1', 'Event', 'events', {
    shortNames: ['ev'],
    selectableFields: [...involved.map(field => `regarding.${field}`), ...eventFields],
    rules: eventRules,
  }),
  define('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', {
    ...clusterWide,
    ...withStatus,
    generation: true,
    unconditionalUpdate: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    deleteAnswers: 'Object',
    rules: customResourceDefinitionRules,
  }),
];

function define(apiVersion: string, kind: string, plural: string, row: Row): ResourceDefinition {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return {
    group: group ?? '',
    version: version ?? 'v1',
    kind,
    plural,
    listKind: `${kind}List`,
    singular: kind.toLowerCase(),
    namespaced: true,
    status: false,
    generation: false,
    unconditionalUpdate: true,
    deleteAnswers: 'Status',
    custom: false,
    schema: builtInSchema(schemaName(group ?? '', version ?? 'v1', kind)),
    ...row,
  };
}

/** The name of a kind's schema: `io.k8s.api.apps.v1.Deployment`. CRDs are described in a repository of their own. */
function schemaName(group: string, version: string, kind: string): string {
  if (group === 'apiextensions.k8s.io') {
    return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}.${kind}`;
  }
  const folder = group === '' ? 'core' : group.replace(/\.k8s\.io$/, '');
  return `io.k8s.api.${folder}.${version}.${kind}`;
}
