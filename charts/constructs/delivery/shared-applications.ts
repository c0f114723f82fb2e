import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ShopCluster } from '../../facts/clusters/shop-clusters.ts';
import type { Facts } from '../../facts/facts-schema.ts';
import { syncRetry } from './argo-delivery.ts';
import { sharedParts } from './shared-parts.ts';

const ownServer = 'https://kubernetes.default.svc';

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
  readonly clusters: readonly ShopCluster[];
  readonly facts: Facts;
}

/**
 * Argo CD: an Application for each part beside the environments, in a project of their own. They sync by themselves in
 * every stage, so that a sale that is committed raises its floor; what is not there yet, such as a CRD, is tried again.
 */
export class SharedApplications extends Construct {
  constructor(scope: Construct, id: string, { clusters, facts }: SharedApplicationsProps) {
    super(scope, id);
    const { name: shop, repository } = facts;
    const project = `${shop}-platform`;
    const parts = sharedParts(clusters, facts, 'argo-cd');
    new ApiObject(this, 'project', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: project },
      spec: {
        sourceRepos: [repository.url],
        destinations: [
          { server: ownServer, namespace: 'argocd' },
          ...clusters.flatMap(({ server, environments }) =>
            ['headstart-system', ...environments.map(({ namespace }) => namespace)].map(namespace => ({
              server,
              namespace,
            })),
          ),
        ],
        clusterResourceWhitelist: clusterKinds.map(([group, kind]) => ({ group, kind })),
      },
    });
    for (const { name, path, files, namespace, cluster, isPruned } of parts) {
      new ApiObject(this, name, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: `${shop}-${name}` },
        spec: {
          project,
          source: {
            repoURL: repository.url,
            targetRevision: repository.revision,
            path,
            directory: files === undefined ? { recurse: true } : { include: `{${files.join(',')}}` },
          },
          destination:
            cluster === undefined
              ? { server: ownServer, namespace: 'argocd' }
              : { server: cluster.server, namespace: namespace ?? 'headstart-system' },
          syncPolicy: {
            automated: { prune: isPruned, selfHeal: true },
            syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
            retry: syncRetry,
          },
        },
      });
    }
  }
}
