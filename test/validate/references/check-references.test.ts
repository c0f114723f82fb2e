import { expect, test } from 'vitest';
import { deployment, findingsIn, findingsOf, object } from '../../support/validate/findings-of.ts';

const envFrom = (name: string) => deployment(`envFrom: [{ configMapRef: { name: ${name} } }]`);
const map = (name: string) => object('v1', 'ConfigMap', name, 'data: { A: "1" }');
const told = (severity: string, message: string) => [`${severity} Deployment shop/shop: ${message}`];

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing of a ConfigMap that is there', [envFrom('web'), map('web')], []],
  [
    'a ConfigMap by a name that is nearly right',
    [envFrom('web-confg'), map('web-config')],
    told('error', 'ConfigMap web-confg is not in this folder; did you mean web-config?'),
  ],
  [
    'a ConfigMap by another name than that beside it',
    [envFrom('settings'), map('web')],
    told('error', 'ConfigMap settings is not in this folder, which has web'),
  ],
  [
    'a ConfigMap that may be elsewhere',
    [envFrom('settings')],
    told('warning', 'ConfigMap settings is not in this folder'),
  ],
  [
    'a Secret that may be elsewhere, though others are here',
    [deployment('envFrom: [{ secretRef: { name: mailer } }]'), object('v1', 'Secret', 'shop-db')],
    told('warning', 'Secret mailer is not in this folder'),
  ],
  [
    'nothing of a Secret that an ExternalSecret makes',
    [
      deployment('envFrom: [{ secretRef: { name: mailer } }]'),
      object('external-secrets.io/v1', 'ExternalSecret', 'a', 'spec: { target: { name: mailer } }'),
    ],
    [],
  ],
  [
    'nothing of a Secret that an operator names after its object',
    [
      deployment('envFrom: [{ secretRef: { name: orders-app } }]'),
      object('postgresql.cnpg.io/v1', 'Cluster', 'orders', 'spec: {}'),
    ],
    [],
  ],
  [
    'a ServiceAccount beside another',
    [deployment('', 'serviceAccountName: web'), object('v1', 'ServiceAccount', 'shop')],
    told('error', 'ServiceAccount web is not in this folder, which has shop'),
  ],
  [
    'nothing of the accounts and priorities that every cluster has',
    [deployment('', 'serviceAccountName: default, priorityClassName: system-cluster-critical')],
    [],
  ],
  [
    'a PriorityClass beside others',
    [
      deployment('', 'priorityClassName: high'),
      object('scheduling.k8s.io/v1', 'PriorityClass', 'shop-critical', 'value: 10'),
    ],
    told('error', 'PriorityClass high is not in this folder, which has shop-critical'),
  ],
  ['nothing of what a tool fills in', [envFrom('"$(cluster)-web"'), map('other')], []],
])('tells %s', (_title, documents, expected) => {
  expect(findingsOf('missing-reference', ...documents)).toEqual(expected);
});

test('takes numbered names for names of their own, not for slips of each other', () => {
  expect(findingsIn('missing-reference', { 'a/a.yaml': envFrom('shard-2'), 'b/c/b.yaml': map('shard-1') })).toEqual(
    told('warning', 'ConfigMap shard-2 is not in this folder'),
  );
});

test('takes an object of the default namespace in another folder for one of another example', () => {
  const text = envFrom('settings').replace('namespace: shop', 'namespace: default');
  expect(
    findingsIn('missing-reference', { 'a/a.yaml': text, 'b/b.yaml': map('web').replace(', namespace: shop', '') }),
  ).toEqual(['warning Deployment default/shop: ConfigMap settings is not in this folder']);
});

test.each([
  ['data: { A: "1", B: "2" }', 'A', []],
  ['data: { A: "1" }', 'B', told('error', 'ConfigMap web has no key B; it has A')],
  ['binaryData: { B: "" }', 'B', []],
])('a ConfigMap with %s, asked for key %s', (data, key, expected) => {
  const text = deployment(`env: [{ name: X, valueFrom: { configMapKeyRef: { name: web, key: ${key} } } }]`);
  expect(findingsOf('missing-key', text, object('v1', 'ConfigMap', 'web', data))).toEqual(expected);
});

test('expects keys of no Secret that is filled in the cluster', () => {
  const text = deployment('env: [{ name: X, valueFrom: { secretKeyRef: { name: web, key: a } } }]');
  expect(findingsOf('missing-key', text, object('v1', 'Secret', 'web'))).toEqual([]);
  expect(findingsOf('missing-key', text, object('v1', 'Secret', 'web', 'stringData: { b: c }'))).toEqual([
    'error Deployment shop/shop: Secret web has no key a; it has b',
  ]);
});
