import { expect, test } from 'vitest';
import { readOwnFacts } from '../../../charts/facts/read-facts.ts';
import { synthesize } from '../../../charts/synthesize.ts';
import { validateManifests } from '../../../src/validate/validate-manifests.ts';
import { deployment, findingsOf, object } from '../../support/validate/findings-of.ts';

const target = (name: string, calls = '') =>
  object(
    'headstart.dev/v1alpha1',
    'ScalingTarget',
    name,
    `spec: { tier: Critical, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }, capacityPerReplica: "5", leadTimeSeconds: 90, objective: { p95Milliseconds: 400 }, baseline: { minReplicas: 1, maxReplicas: 2 }, ceiling: 3, demand: { source: prometheus, query: up }${calls} }`,
  );
const shop = [
  deployment('ports: [{ name: http, containerPort: 8080 }]', '', { name: 'web' }),
  deployment('ports: [{ name: http, containerPort: 8080 }]', '', { name: 'payments' }),
  target('web', ', calls: [{ target: payments, perThousandRequests: 20 }]'),
  target('payments'),
];
const policy = (name: string, spec: string) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, `spec: { ${spec} }`);
const none = policy('none', 'podSelector: {}, policyTypes: [Ingress, Egress]');
const out = (to: string, port = 'port: http') =>
  policy(
    'out',
    `podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: ${to} } } }], ports: [{ ${port} }] }]`,
  );
const into = (from: string) =>
  policy(
    'in',
    `podSelector: { matchLabels: { app: payments } }, policyTypes: [Ingress], ingress: [{ from: [{ ${from} }] }]`,
  );
const byLabel = 'podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, cart] }] }';
const told = (message: string) => `error ScalingTarget shop/web: calls payments, but ${message}`;
const notOut = (by: string) => told(`${by} web out to none of its pods at port 8080`);
const notIn = (by: string) => told(`${by} web in at none of its ports such as port 8080`);

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing without policies', [], []],
  [
    'a call that a default of none blocks at both ends',
    [none],
    [notIn('NetworkPolicy none lets'), notOut('NetworkPolicy none lets')],
  ],
  ['nothing of a call that is let through at both ends', [none, out('payments'), into(byLabel)], []],
  ['nothing of a range of ports', [none, out('payments', 'port: 8000, endPort: 8100'), into(byLabel)], []],
  ['a call out to another service', [none, out('orders'), into(byLabel)], [notOut('NetworkPolicies none and out let')]],
  [
    'a call out at another port',
    [none, out('payments', 'port: 9090'), into(byLabel)],
    [notOut('NetworkPolicies none and out let')],
  ],
  [
    'a call in from another namespace alone',
    [into('namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } }')],
    [notIn('NetworkPolicy in lets')],
  ],
  [
    'nothing of a call in from the whole namespace',
    [into('namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }')],
    [],
  ],
])('tells %s', (_title, policies, expected) => {
  expect(findingsOf('blocked-call', ...shop, ...policies)).toEqual(expected);
});

test('finds a call of our shop whose policy is gone', () => {
  const files = new Map(synthesize(readOwnFacts(), { image: 'headstart:0', definitions: [] }));
  expect(blockedIn(files)).toEqual([]);
  const [file = ''] = [...files.keys()].filter(each => /^demo\/payments\/networkpolicy\./.test(each));
  files.delete(file);
  expect(blockedIn(files)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^ScalingTarget marketplace-demo\/checkout: calls payments, but /)]),
  );
});

function blockedIn(files: ReadonlyMap<string, string>): readonly string[] {
  return validateManifests(files)
    .findings.filter(({ code }) => code === 'blocked-call')
    .map(({ object: name, message }) => `${name}: ${message}`);
}
