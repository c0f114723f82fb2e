import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { nodePoolLimits } from '../../../../charts/facts/clusters/node-pool.ts';
import { clustersOf } from '../../../../charts/facts/clusters/shop-clusters.ts';
import type { Facts } from '../../../../charts/facts/facts-schema.ts';
import { findProblems } from '../../../../charts/facts/problems/find-problems.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../../charts/synthesize.ts';
import { fortyServices } from '../../../support/shops/forty-services.ts';

const options = { image: 'headstart:0', definitions: ['kind: CustomResourceDefinition\n'] };
const grocer = fortyServices();
const files = synthesize(grocer, options);
const read = (file: string) => parse(files.get(file) ?? '');

describe('a shop on three clusters', () => {
  test.each(clustersOf(grocer).map(cluster => [cluster.name, cluster] as const))(
    'has in %s an operator, node pool, monitoring and namespace of its own',
    (name, { folder, environments }) => {
      expect(folder).toBe(`clusters/${name}/`);
      expect(files.get(`${folder}install.yaml`)).toContain('kind: Deployment');
      expect(files.get(`${folder}crds.yaml`)).toBe('kind: CustomResourceDefinition\n');
      expect(read(`${folder}nodes/nodepool.grocer.yaml`).spec.limits.cpu).toBe(
        String(nodePoolLimits(environments, grocer).cpu),
      );
      expect(files.has(`${folder}namespaces/${environments[0]?.name}/namespace.grocer.yaml`)).toBe(true);
    },
  );

  test('shares nothing but the delivery, and the namespace may be the same in each', () => {
    const roots = new Set([...files.keys()].map(file => file.split('/')[0]));
    expect([...roots].sort()).toEqual(['clusters', 'delivery', 'index.md']);
    expect(findProblems(grocer)).toEqual([]);
  });

  test('is delivered by Argo CD to the server of each, by its project’s leave', () => {
    const application = (name: string) => read(`delivery/argo-cd/application.grocer-${name}.yaml`).spec;
    expect(application('south').destination).toEqual({
      server: 'https://south.k8s.grocer.example',
      namespace: 'grocer',
    });
    expect(application('south-operator')).toMatchObject({
      source: { path: 'manifests/clusters/south', directory: { include: '{crds.yaml,install.yaml}' } },
      destination: { server: 'https://south.k8s.grocer.example' },
    });
    expect(application('south-sales').source.path).toBe('sales/south');
    expect(application('north').destination.server).toBe('https://kubernetes.default.svc');
    for (const project of ['grocer', 'grocer-platform']) {
      const { destinations } = read(`delivery/argo-cd/appproject.${project}.yaml`).spec;
      expect(destinations).toContainEqual({ server: 'https://south.k8s.grocer.example', namespace: 'grocer' });
    }
  });

  test('is delivered by Flux with the kubeconfig of each, but where Flux itself runs', () => {
    const kustomization = (name: string) => read(`delivery/flux/kustomization.grocer-${name}.yaml`).spec;
    const kubeConfig = { secretRef: { name: 'south-kubeconfig' } };
    expect([kustomization('south').kubeConfig, kustomization('south-cluster').kubeConfig]).toEqual([
      kubeConfig,
      kubeConfig,
    ]);
    expect([kustomization('north').kubeConfig, kustomization('delivery').kubeConfig]).toEqual([undefined, undefined]);
    expect(kustomization('south').dependsOn).toEqual([{ name: 'grocer-south-namespaces' }]);
    expect(read('delivery/flux/gitrepository.grocer-south-operator.yaml').spec.ignore.split('\n')).toEqual([
      '/*',
      '!/manifests/',
      '/manifests/*',
      '!/manifests/clusters/',
      '/manifests/clusters/*',
      '!/manifests/clusters/south/',
      '/manifests/clusters/south/*',
      '!/manifests/clusters/south/crds.yaml',
      '!/manifests/clusters/south/install.yaml',
    ]);
  });

  test('has a floor guard where the version of the cluster serves its policies', () => {
    const guards = (cluster: string) =>
      [...files.keys()].filter(file => file.startsWith(`clusters/${cluster}/cluster/mutatingadmissionpolicy.`)).length;
    expect([guards('north'), guards('south'), guards('west')]).toEqual([2, 0, 2]);
  });
});

test('before Kubernetes 1.36 there is no MutatingAdmissionPolicy', () => {
  const kinds = (kubernetesVersion: string) =>
    [...synthesize({ ...readOwnFacts(), kubernetesVersion }, options).keys()].filter(file =>
      file.includes('/mutating'),
    );
  expect(kinds('1.35')).toEqual([]);
  expect(kinds('1.36')).toHaveLength(4);
});

describe('refused with a sentence', () => {
  const [first, second, third] = grocer.environments;
  const [north, south, west] = grocer.clusters;
  if (!first || !second || !third || !north || !south || !west) throw new Error('the grocer has three regions');
  test.each<[string, Partial<Facts>, unknown]>([
    [
      'an environment that names no cluster',
      {
        environments: [
          { ...first, cluster: undefined },
          second,
          third,
          { ...first, name: 'n2', namespace: 'x', domain: 'y' },
        ],
      },
      'environment north: names no cluster: state one of north, south, west as cluster',
    ],
    [
      'an environment in a cluster that is not there',
      {
        environments: [first, { ...second, cluster: 'sooth' }, third],
        clusters: [north, west, { ...south, name: 'south' }],
      },
      expect.stringContaining('environment south: is in sooth, which is not one of clusters'),
    ],
    [
      'a cluster without an environment',
      { environments: [first, third] },
      'clusters south: has no environment: state it as the cluster of one',
    ],
    [
      'two clusters with one server',
      { clusters: [north, { name: 'south' }, west] },
      'clusters south: has the server of north: state the address of each as server',
    ],
    [
      'one namespace twice in a cluster',
      { environments: [first, { ...second, cluster: 'north' }, third] },
      'environments grocer: is the namespace of two environments',
    ],
  ])('%s', (_title, change, sentence) => {
    expect(findProblems({ ...grocer, ...change }).map(({ message }) => message)).toContainEqual(sentence);
  });
});
