import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { EnvironmentFacts, Facts } from '../../facts/facts-schema.ts';
import type { SharedPart } from './shared-parts.ts';

const server = 'https://kubernetes.default.svc';
const project = 'marketplace-platform';

/** The cluster-scoped kinds among the synthesized manifests. */
const clusterKinds = [
  ['', 'Namespace'],
  ['admissionregistration.k8s.io', 'MutatingAdmissionPolicy'],
  ['admissionregistration.k8s.io', 'MutatingAdmissionPolicyBinding'],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition'],
  ['karpenter.sh', 'NodePool'],
  ['rbac.authorization.k8s.io', 'ClusterRole'],
  ['rbac.authorization.k8s.io', 'ClusterRoleBinding'],
  ['scheduling.k8s.io', 'PriorityClass'],
];

export interface SharedApplicationsProps {
  readonly parts: readonly SharedPart[];
  readonly environments: readonly EnvironmentFacts[];
  readonly repository: Facts['repository'];
}

/**
 * Argo CD: an Application for each part beside the environments, in a project of their own. They sync by themselves in
 * every stage, so that a sale that is committed raises its floor; what is not there yet, such as a CRD, is tried again.
 */
export class SharedApplications extends Construct {
  constructor(scope: Construct, id: string, { parts, environments, repository }: SharedApplicationsProps) {
    super(scope, id);
    const namespaces = ['argocd', 'headstart-system', ...environments.map(({ namespace }) => namespace)];
    new ApiObject(this, 'project', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: project },
      spec: {
        sourceRepos: [repository.url],
        destinations: namespaces.map(namespace => ({ server, namespace })),
        clusterResourceWhitelist: clusterKinds.map(([group, kind]) => ({ group, kind })),
      },
    });
    for (const { name, path, files, namespace, isPruned } of parts) {
      new ApiObject(this, name, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: `marketplace-${name}` },
        spec: {
          project,
          source: {
            repoURL: repository.url,
            targetRevision: repository.revision,
            path,
            directory: files === undefined ? { recurse: true } : { include: `{${files.join(',')}}` },
          },
          destination: { server, namespace: namespace ?? (name === 'delivery' ? 'argocd' : 'headstart-system') },
          syncPolicy: {
            automated: { prune: isPruned, selfHeal: true },
            syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
            retry: { limit: 20, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } },
          },
        },
      });
    }
  }
}
