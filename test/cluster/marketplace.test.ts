import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply, applyAll, describe as describeAnswer, readManifests } from './support/apply-manifests.ts';
import { until } from './support/kubernetes-client.ts';
import type { KubernetesObject } from './support/kubernetes-object.ts';
import { onKwokNodes } from './support/kwok-nodes.ts';
import { type ControlPlane, startControlPlane } from './support/start-control-plane.ts';
import { synthesizeManifests } from './support/synthesize-manifests.ts';

const thirdParty = '../shared/third-party-crds';
const hasThirdParty = existsSync(thirdParty);
const ofKubernetesAndOurs =
  /^(v1|(apps|autoscaling|policy|admissionregistration\.k8s\.io|networking\.k8s\.io|rbac\.authorization\.k8s\.io|scheduling\.k8s\.io|headstart\.dev)\/.*)$/;
const alive = ['staging', 'demo', 'preview-search-ranking', 'preview-one-page-checkout'];
const others = ['dev', 'production'];

let cluster: ControlPlane;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headstart-marketplace-'));
  await synthesizeManifests(folder);
  cluster = await startControlPlane();
  const definitions = [...globSync('crds/*.yaml'), ...(hasThirdParty ? globSync(`${thirdParty}/*/*.yaml`) : [])];
  await applyAll(cluster.client, definitions.sort().flatMap(readManifests));
  await until('all kinds are served', 60_000, unestablished, count => count === 0);
}, 300_000);

afterAll(async () => {
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe(`every manifest is accepted with strict validation${hasThirdParty ? '' : ` (but those of other projects' kinds: ${thirdParty} is absent)`}`, () => {
  test('of the cluster and the operator', async () => {
    expect(
      await refusals([
        ...manifests('cluster'),
        ...manifests('nodes'),
        ...readManifests(path.join(folder, 'install.yaml')),
        ...manifests('monitoring'),
      ]),
    ).toEqual([]);
  });

  test('of delivery, in the namespaces of Argo CD and Flux', async () => {
    await applyAll(cluster.client, ['argocd', 'flux-system'].map(namespaceOf));
    expect(await refusals(manifests('delivery'))).toEqual([]);
  });

  test.each(alive)('of %s, whose pods then come up under restricted Pod Security', { timeout: 240_000 }, async name => {
    const objects = manifests(name);
    expect(await refusals(objects.map(onPlayedNodes))).toEqual([]);
    const deployments = objects.filter(object => object.kind === 'Deployment');
    const namespace = deployments[0]?.metadata.namespace ?? '';
    expect(deployments.length).toBeGreaterThan(10);
    await until(
      `the pods of ${name}`,
      180_000,
      () => notReady(namespace),
      names => names.length === 0,
    );
  });

  test.each(others)('of %s, as a dry run', async name => {
    const objects = manifests(name);
    const walls = objects.filter(object => object.kind === 'Namespace');
    await applyAll(cluster.client, walls);
    expect(await refusals(objects, true)).toEqual([]);
  });
});

describe('who may do what in staging', () => {
  const namespace = 'marketplace-staging';
  test.each([
    ['merchandiser', 'create', 'headstart.dev/flashsales', true],
    ['merchandiser', 'delete', 'headstart.dev/flashsales', true],
    ['merchandiser', 'get', 'headstart.dev/saleplans', true],
    ['merchandiser', 'patch', 'headstart.dev/saleplans', false],
    ['merchandiser', 'approve', 'headstart.dev/saleplans', false],
    ['merchandiser', 'announce-large', 'headstart.dev/flashsales', false],
    ['merchandiser', 'patch', 'headstart.dev/scalingtargets', false],
    ['merchandiser', 'patch', 'autoscaling/horizontalpodautoscalers', false],
    ['sre', 'patch', 'headstart.dev/scalingtargets', true],
    ['sre', 'patch', 'headstart.dev/scalingpolicies', true],
    ['sre', 'approve', 'headstart.dev/saleplans', true],
    ['sre', 'announce-large', 'headstart.dev/flashsales', true],
    ['sre', 'delete', 'headstart.dev/saleplans', false],
    ['sre', 'patch', 'headstart.dev/flashsales/status', false],
    ['gitops', 'patch', 'headstart.dev/flashsales', true],
    ['gitops', 'patch', 'autoscaling/horizontalpodautoscalers', true],
    ['gitops', 'patch', 'apps/deployments', true],
    ['gitops', 'create', 'headstart.dev/saleplans', false],
    ['gitops', 'approve', 'headstart.dev/saleplans', false],
    ['gitops', 'get', '/secrets', false],
    ['operator', 'patch', 'autoscaling/horizontalpodautoscalers', true],
    ['operator', 'delete', 'apps/deployments', false],
    ['operator', 'get', '/secrets', false],
  ])('%s: %s %s is %s', async (team, verb, resource, allowed) => {
    expect(await mayDo(team, verb, resource, namespace)).toBe(allowed);
  });

  test('nobody of staging may do anything in production', async () => {
    const asked = ['merchandiser', 'sre', 'gitops'].map(team =>
      mayDo(team, 'get', 'headstart.dev/flashsales', 'marketplace', namespace),
    );
    expect(await Promise.all(asked)).toEqual([false, false, false]);
  });
});

describe('an HPA whose floor is raised', () => {
  const namespace = 'marketplace-staging';
  const hpa = '/apis/autoscaling/v2/namespaces/marketplace-staging/horizontalpodautoscalers/checkout';
  const raise = (bounds: Record<string, unknown>, annotations: Record<string, string>) => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'checkout', namespace, annotations },
    spec: bounds,
  });
  const fromGit = () => manifests('staging/checkout').filter(object => object.kind === 'HorizontalPodAutoscaler');
  const floors = { 'headstart.dev/floor': '9', 'headstart.dev/floor-max': '14' };

  test('keeps its floor when Git is applied by force over it: the guard raises both bounds again', async () => {
    await applyAll(cluster.client, [raise({ minReplicas: 9, maxReplicas: 14 }, floors)], { fieldManager: 'headstart' });
    await applyAll(cluster.client, fromGit(), { fieldManager: 'argocd' });
    expect(await boundsOf(hpa)).toEqual([9, 14]);
  });

  test('is lowered by the operator, which takes the annotations off in the same request', async () => {
    await applyAll(cluster.client, [raise({ minReplicas: 1, maxReplicas: 3 }, {})], { fieldManager: 'headstart' });
    expect(await boundsOf(hpa)).toEqual([1, 3]);
  });

  test('without the guard, the same re-apply undoes the sale', async () => {
    const guard = '/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings/headstart-floor-guard';
    await cluster.client.call('DELETE', guard);
    await until(
      'the guard is gone',
      20_000,
      async () => {
        await applyAll(cluster.client, [raise({ minReplicas: 9, maxReplicas: 14 }, floors)], {
          fieldManager: 'headstart',
        });
        await applyAll(cluster.client, fromGit(), { fieldManager: 'argocd' });
        return boundsOf(hpa);
      },
      ([minReplicas]) => minReplicas === 1,
    );
    await applyAll(
      cluster.client,
      manifests('cluster').filter(object => object.metadata.name === 'headstart-floor-guard'),
    );
  });
});

function manifests(name: string): readonly KubernetesObject[] {
  const order = ['Namespace', 'ResourceQuota', 'LimitRange'];
  const rank = ({ kind }: KubernetesObject) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return globSync(path.join(folder, name, '**/*.yaml'))
    .sort()
    .flatMap(readManifests)
    .filter(object => hasThirdParty || ofKubernetesAndOurs.test(object.apiVersion))
    .sort((a, b) => rank(a) - rank(b));
}

async function refusals(objects: readonly KubernetesObject[], dryRun = false): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const object of objects) {
    const { status, body } = await apply(cluster.client, object, { fieldManager: 'gitops', dryRun });
    if (status >= 300)
      refused.push(`${object.kind} ${object.metadata.namespace}/${object.metadata.name}: ${describeAnswer(body)}`);
  }
  return refused;
}

/** The same workload, its pods sent to the nodes that kwok plays. */
function onPlayedNodes(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return object;
  const { spec } = object as unknown as { spec: { template: { spec: object } } };
  return {
    ...object,
    spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, ...onKwokNodes } } },
  } as KubernetesObject;
}

async function notReady(namespace: string): Promise<readonly string[]> {
  const { body } = await cluster.client.call('GET', `/apis/apps/v1/namespaces/${namespace}/deployments`);
  const { items } = body as {
    items: readonly { metadata: { name: string }; spec: { replicas: number }; status: { readyReplicas?: number } }[];
  };
  return items
    .filter(({ spec, status }) => (status.readyReplicas ?? 0) < spec.replicas)
    .map(({ metadata }) => metadata.name);
}

async function boundsOf(address: string): Promise<readonly [number, number]> {
  const { body } = await cluster.client.call('GET', address);
  const { spec } = body as { spec: { minReplicas: number; maxReplicas: number } };
  return [spec.minReplicas, spec.maxReplicas];
}

async function mayDo(team: string, verb: string, what: string, namespace: string, home = namespace): Promise<boolean> {
  const [group = '', resource = '', subresource] = what.split('/');
  const who =
    team === 'operator'
      ? { user: 'system:serviceaccount:headstart-system:headstart' }
      : { user: team, groups: [`${home}:${team}`] };
  const { body } = await cluster.client.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { ...who, resourceAttributes: { namespace, verb, group, resource, ...(subresource && { subresource }) } },
  });
  return (body as { status: { allowed: boolean } }).status.allowed;
}

async function unestablished(): Promise<number> {
  const { body } = await cluster.client.call('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  const { items } = body as {
    items: readonly { status: { conditions?: readonly { type: string; status: string }[] } }[];
  };
  return items.filter(
    ({ status }) => !status.conditions?.some(each => each.type === 'Established' && each.status === 'True'),
  ).length;
}

function namespaceOf(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } as KubernetesObject;
}
