import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Facts } from '../../charts/facts/facts-schema.ts';
import { findProblems } from '../../charts/facts/problems/find-problems.ts';
import { readOwnFacts } from '../../charts/facts/read-facts.ts';
import { synthesize } from '../../charts/synthesize.ts';

const own = readOwnFacts();
const files = filesOf(own);

describe('every backend of a route', () => {
  test.each(own.environments.map(({ name }) => [name]))('may be reached by the gateway of %s', environment => {
    const reached = policyOf(`${environment}/gateway/networkpolicy.gateway.yaml`, files).egress.flatMap(
      rule => rule.to?.map(peer => Object.values(peer.podSelector?.matchLabels ?? {})[0]) ?? [],
    );
    expect(backendsOf(environment, files).filter(name => !reached.includes(name))).toEqual([]);
  });

  test('may be reached from outside where the namespace has no gateway', () => {
    const shop = {
      ...own,
      services: own.services.flatMap(each =>
        each.name === 'gateway' ? [] : [{ ...each, entryPoint: each.name === 'storefront' }],
      ),
      environments: own.environments
        .filter(({ name }) => name === 'demo')
        .map(each => ({ ...each, migration: { storefront: 50 } })),
      images: {
        demo: Object.fromEntries(Object.entries(own.images.demo ?? {}).filter(([name]) => name !== 'gateway')),
      },
    };
    expect(findProblems(shop)).toEqual([]);
    const synthesized = filesOf(shop);
    const isOpen = (name: string) =>
      policyOf(`demo/${name}/networkpolicy.${name}.yaml`, synthesized).ingress.some(rule => rule.from === undefined);
    expect(backendsOf('demo', synthesized)).toEqual(['monolith', 'storefront']);
    expect(own.services.map(each => each.name).filter(name => name !== 'gateway' && isOpen(name))).toEqual([
      'storefront',
      'monolith',
    ]);
  });
});

test('a gateway’s pods may ask their control plane for the routes', () => {
  const { egress } = policyOf('production/gateway/networkpolicy.gateway.yaml', files);
  expect(egress).toContainEqual({
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } } }],
    ports: [{ port: 15_012, protocol: 'TCP' }],
  });
});

test('the shard maps of two databases do not overwrite each other', () => {
  const services = own.services.map(each =>
    each.name === 'monolith' ? { ...each, uses: [...each.uses, { limit: 'postgres-orders', perReplica: 2 }] } : each,
  );
  const { containers } = parse(filesOf({ ...own, services }).get('demo/monolith/deployment.monolith.yaml') ?? '').spec
    .template.spec;
  const prefixes = containers[0].envFrom.map(({ prefix }: { prefix?: string }) => prefix);
  expect(prefixes).toEqual([undefined, 'POSTGRES_LEGACY_', 'POSTGRES_ORDERS_']);
});

test('GitOps may write what stands in an environment’s folder, and not the walls around it', () => {
  const { rules } = parse(files.get('cluster/clusterrole.headstart-gitops.yaml') ?? '');
  const allowed = new Set(
    rules.flatMap((rule: { apiGroups: string[]; resources: string[]; verbs: string[] }) =>
      rule.verbs.includes('patch') ? rule.resources.map(resource => `${resource}.${rule.apiGroups[0]}`) : [],
    ),
  );
  const refusedIn = (folders: readonly string[]) => {
    const kinds = [...files]
      .filter(([file]) => folders.some(folder => file.startsWith(`${folder}/`)))
      .map(([, text]) => parse(text))
      .filter(({ kind, apiVersion }) => !allowed.has(`${pluralOf(kind)}.${/^(.*)\//.exec(apiVersion)?.[1] ?? ''}`))
      .map(({ kind }) => kind);
    return [...new Set(kinds)].sort();
  };
  const names = own.environments.map(({ name }) => name);
  expect(refusedIn(names)).toEqual([]);
  expect(refusedIn(names.map(name => `namespaces/${name}`))).toEqual([
    'LimitRange',
    'Namespace',
    'ResourceQuota',
    'Role',
    'RoleBinding',
    'SecretStore',
  ]);
});

interface Policy {
  readonly ingress: readonly { readonly from?: readonly object[] }[];
  readonly egress: readonly { readonly to?: readonly { readonly podSelector?: { readonly matchLabels: object } }[] }[];
}

function filesOf(facts: Facts): ReadonlyMap<string, string> {
  return synthesize(facts, { image: 'headstart:0', definitions: [] });
}

function policyOf(file: string, from: ReadonlyMap<string, string>): Policy {
  return parse(from.get(file) ?? '').spec;
}

/** The services that the HTTPRoutes of an environment lead to. */
function backendsOf(environment: string, from: ReadonlyMap<string, string>): readonly string[] {
  const rules = [...from]
    .filter(([file]) => file.startsWith(`${environment}/`) && file.includes('/httproute.'))
    .flatMap(([, text]) => parse(text).spec.rules);
  return [
    ...new Set<string>(
      rules.flatMap((rule: { backendRefs: { name: string }[] }) => rule.backendRefs.map(({ name }) => name)),
    ),
  ].sort();
}

function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return /(ch|sh|s)$/.test(singular) ? `${singular}es` : `${singular}s`;
}
