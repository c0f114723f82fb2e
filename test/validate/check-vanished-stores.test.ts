import { expect, test } from 'vitest';
import type { EnvironmentFacts } from '../../charts/facts/environment-schema.ts';
import { readOwnFacts } from '../../charts/facts/read-facts.ts';
import { synthesize } from '../../charts/synthesize.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

const cluster = (more = '') =>
  `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: orders, namespace: shop }\nspec: { instances: 3, storage: { size: 8Gi } }\n${more}`;
const claims = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache, namespace: shop }
spec:
  serviceName: cache
  selector: { matchLabels: { app: cache } }
  template: { metadata: { labels: { app: cache } }, spec: { containers: [{ name: cache, image: cache:1 }] } }
`;
const withClaims = `${claims}  volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: 1Gi } } } }]\n`;
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
const ephemeral =
  'apiVersion: shop.example/v1\nkind: Scratch\nmetadata: { name: a, namespace: shop }\nspec: { storage: { type: ephemeral } }\n';
const definition =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a.shop.example }\nspec: { versions: [{ schema: { openAPIV3Schema: { properties: { storage: {} } } } }] }\n';

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['a store that stays', [cluster()], [cluster()], []],
  ['a store in a later version of its kind', [cluster()], [cluster().replace('cnpg.io/v1', 'cnpg.io/v2')], []],
  ['a store of another project that is gone', [cluster()], [], ['old.yaml:1 store-gone Cluster shop/orders is gone']],
  ['a StatefulSet with claims', [withClaims], [], ['old.yaml:1 store-gone StatefulSet shop/cache is gone']],
  ['nothing of a StatefulSet that keeps nothing', [claims], [], []],
  ['nothing of disks that are lost with their pods, and of definitions', [ephemeral, definition], [], []],
  [
    'a namespace with a store',
    [namespace, cluster()],
    [cluster()],
    ['old.yaml:1 store-gone Namespace shop is gone, and every store in it once it is pruned'],
  ],
  [
    'nothing of a store whose end has a reason',
    [`# headstart: ignore store-gone because orders moved to the provider, copied 2026-10-02\n${cluster()}`],
    [],
    [],
  ],
])('tells %s', (_title, before, after, told) => {
  const { findings } = validateManifests(filesOf('new.yaml', after), { before: filesOf('old.yaml', before) });
  const stores = findings.filter(({ code }) => code === 'store-gone' || code === 'ignore');
  expect(stores.map(each => `${each.file}:${each.line} ${each.code} ${each.object} ${each.message}`)).toEqual(
    told.map(sentence => expect.stringContaining(sentence)),
  );
});

const own = readOwnFacts();
const before = synthesizeDemo({});

test.each<[string, Partial<EnvironmentFacts>, readonly unknown[]]>([
  ['the same shards', {}, []],
  [
    'more shards, and no word of a move',
    { shards: { ...own.environments[0]?.shards, orders: 8 } },
    [
      expect.stringContaining(
        'goes from 1 to 8 databases, and keys would be looked for where they are not: move their rows, then annotate headstart.dev/resharded-from: "1"',
      ),
    ],
  ],
  [
    'more shards, after a move from as many as there were',
    { shards: { ...own.environments[0]?.shards, orders: 8 }, reshardedFrom: { orders: 1 } },
    [],
  ],
])('%s, as synthesized', (_title, change, told) => {
  const { findings } = validateManifests(synthesizeDemo(change), { before });
  expect(findings.filter(({ code }) => code === 'resharding').map(({ message }) => message)).toEqual(told);
});

test('a database whose last user is gone is told, as synthesized', () => {
  const services = own.services.map(service => (service.name === 'users' ? { ...service, uses: [] } : service));
  const { findings } = validateManifests(synthesizeDemo({}, services), { before });
  expect(findings.filter(({ code }) => code === 'store-gone').map(({ object }) => object)).toEqual(
    expect.arrayContaining(['Cluster marketplace-demo/postgres-users-0']),
  );
});

function synthesizeDemo(change: Partial<EnvironmentFacts>, services = own.services) {
  const environments = own.environments
    .filter(({ name }) => name === 'demo')
    .map(environment => ({ ...environment, ...change }));
  return synthesize({ ...own, services, environments }, { image: 'headstart:0', definitions: [] });
}

function filesOf(file: string, texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map([[file, texts.join('---\n')]]);
}
