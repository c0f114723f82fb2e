import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasThirdParty, type Marketplace, openMarketplace, untilPodsReady } from './marketplace/open-marketplace.ts';
import { applyAll, listRefusals } from './support/apply-manifests.ts';
import type { KubernetesObject } from './support/kubernetes-object.ts';

/** Environments tested here; staging and the previews are applied as strictly in marketplace-sale.test.ts. */
const others = ['dev', 'production'];

let marketplace: Marketplace;

beforeAll(async () => {
  marketplace = await openMarketplace();
}, 300_000);

afterAll(() => marketplace?.stop());

describe(`every manifest is accepted with strict validation${hasThirdParty ? '' : ` (but those of other projects’ kinds: ../shared/third-party-crds is absent)`}`, () => {
  test('of the cluster and the operator', async () => {
    expect(
      await refusals([
        ...manifests('cluster'),
        ...manifests('nodes'),
        ...manifests('install.yaml'),
        ...manifests('monitoring'),
      ]),
    ).toEqual([]);
  });

  test('of delivery, in the namespaces of Argo CD and Flux', async () => {
    await applyAll(marketplace.cluster.client, ['argocd', 'flux-system'].map(namespaceOf));
    expect(await refusals(manifests('delivery'))).toEqual([]);
  });

  test('of demo, whose pods then come up under restricted Pod Security', { timeout: 240_000 }, async () => {
    const objects = manifests('demo');
    expect(await refusals(objects)).toEqual([]);
    const deployments = objects.filter(object => object.kind === 'Deployment');
    expect(deployments.length).toBeGreaterThan(10);
    await untilPodsReady(marketplace.cluster.client, 'marketplace-demo');
  });

  test.each(others)('of %s, as a dry run', async name => {
    const objects = manifests(name);
    const walls = objects.filter(object => object.kind === 'Namespace');
    await applyAll(marketplace.cluster.client, walls);
    expect(await refusals(objects, true)).toEqual([]);
  });
});

describe('who may do what in demo', () => {
  const namespace = 'marketplace-demo';
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

  test('nobody of demo may do anything in production', async () => {
    const asked = ['merchandiser', 'sre', 'gitops'].map(team =>
      mayDo(team, 'get', 'headstart.dev/flashsales', 'marketplace', namespace),
    );
    expect(await Promise.all(asked)).toEqual([false, false, false]);
  });
});

function manifests(name: string): readonly KubernetesObject[] {
  return marketplace.manifests(name);
}

function refusals(objects: readonly KubernetesObject[], dryRun = false): Promise<readonly string[]> {
  return listRefusals(marketplace.cluster.client, objects, { fieldManager: 'gitops', dryRun });
}

async function mayDo(team: string, verb: string, what: string, namespace: string, home = namespace): Promise<boolean> {
  const [group = '', resource = '', subresource] = what.split('/');
  const who =
    team === 'operator'
      ? { user: 'system:serviceaccount:headstart-system:headstart' }
      : { user: team, groups: [`${home}:${team}`] };
  const { body } = await marketplace.cluster.client.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { ...who, resourceAttributes: { namespace, verb, group, resource, ...(subresource && { subresource }) } },
  });
  return (body as { status: { allowed: boolean } }).status.allowed;
}

function namespaceOf(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } as KubernetesObject;
}
