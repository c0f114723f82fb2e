import type { ResourceDefinition } from './resource-definition.ts';
import type { Schema } from './schema.ts';

type Row = Pick<ResourceDefinition, 'group' | 'version' | 'kind' | 'plural'> & Partial<ResourceDefinition>;

/** The kinds of a plain cluster that the sandbox serves; everything else comes by CustomResourceDefinition. */
export const builtInResources: readonly ResourceDefinition[] = [
  define({
    group: '',
    version: 'v1',
    kind: 'Namespace',
    plural: 'namespaces',
    shortNames: ['ns'],
    namespaced: false,
    status: true,
    deleteAnswers: 'Object',
  }),
  define({
    group: '',
    version: 'v1',
    kind: 'Node',
    plural: 'nodes',
    shortNames: ['no'],
    namespaced: false,
    status: true,
  }),
  define({
    group: '',
    version: 'v1',
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    status: true,
    generation: true,
    deleteAnswers: 'Object',
  }),
  define({ group: '', version: 'v1', kind: 'Event', plural: 'events', shortNames: ['ev'] }),
  define({ group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'] }),
  define({
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    plural: 'deployments',
    shortNames: ['deploy'],
    categories: ['all'],
    status: true,
    generation: true,
    scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas' },
  }),
  define({
    group: 'apps',
    version: 'v1',
    kind: 'ReplicaSet',
    plural: 'replicasets',
    shortNames: ['rs'],
    categories: ['all'],
    status: true,
    generation: true,
    scale: { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas' },
  }),
  define({
    group: 'autoscaling',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    shortNames: ['hpa'],
    categories: ['all'],
    status: true,
  }),
  define({ group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', plural: 'leases' }),
  define({ group: 'events.k8s.io', version: 'v1', kind: 'Event', plural: 'events', shortNames: ['ev'] }),
  define({
    group: 'apiextensions.k8s.io',
    version: 'v1',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    namespaced: false,
    status: true,
    generation: true,
  }),
];

function define(row: Row): ResourceDefinition {
  const schema: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    listKind: `${row.kind}List`,
    singular: row.kind.toLowerCase(),
    namespaced: true,
    status: false,
    generation: false,
    deleteAnswers: 'Status',
    custom: false,
    schema,
    ...row,
  };
}
