import { expect, test } from 'vitest';
import { validateManifests } from '../../../src/validate/validate-manifests.ts';
import { deployment, object } from '../../support/validate/findings-of.ts';

const ports = 'ports: [{ name: http, containerPort: 8080 }]';
const policy = (spec: string) => object('networking.k8s.io/v1', 'NetworkPolicy', 'shop', `spec: { ${spec} }`);
const service = (name: string, fields = 'ports: [{ port: 80, targetPort: http }]') =>
  object('v1', 'Service', name, `spec: { selector: { app: shop }, ${fields} }`);
const called = (address: string) => deployment(`${ports}, env: [{ name: CART, value: "${address}" }]`);
const database = object('postgresql.cnpg.io/v1', 'Cluster', 'orders', 'spec: {}');
const kustomization = (labels: string) => `resources: [shop.yaml]\n${labels}\n`;
const unlabelled = deployment(ports)
  .replace('selector: { matchLabels: { app: shop } }', 'selector: {}')
  .replace('labels: { app: shop }', 'annotations: { a: b }');

test.each<[string, Readonly<Record<string, string>>]>([
  [
    'a policy about pods that a database of another project makes',
    {
      'a.yaml': [deployment(ports), database, policy('podSelector: { matchLabels: { cluster: orders } }')].join(
        '---\n',
      ),
    },
  ],
  [
    'a policy that lets its pods call everything',
    {
      'a.yaml': [
        deployment(ports),
        policy('podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }, {}]'),
      ].join('---\n'),
    },
  ],
  [
    'a policy that lets nothing out',
    { 'a.yaml': [deployment(ports), policy('podSelector: {}, policyTypes: [Egress]')].join('---\n') },
  ],
  [
    'a call to a Service of the cluster elsewhere',
    { 'a.yaml': [called('http://payments:8080'), service('cart')].join('---\n') },
  ],
  ['a call to a host outside', { 'a.yaml': [called('https://api.example.com:444'), service('cart')].join('---\n') }],
  ['a call to another shard', { 'a.yaml': [called('orders-1:5432'), service('orders-0')].join('---\n') }],
  [
    'a call past a headless Service',
    {
      'a.yaml': [called('cart:8080'), service('cart', 'clusterIP: None, ports: [{ port: 80, targetPort: http }]')].join(
        '---\n',
      ),
    },
  ],
  [
    'a field of its own kinds that is null',
    {
      'a.yaml': object(
        'v1',
        'Service',
        'shop',
        'spec: { selector: { app: shop }, externalIPs: null, ports: [{ port: 80 }] }',
      ),
    },
  ],
  [
    'selectors that kustomize writes',
    { 'kustomization.yaml': kustomization('commonLabels: { app: shop }'), 'shop.yaml': unlabelled },
  ],
  [
    'selectors that kustomize writes by its newer field',
    {
      'kustomization.yaml': kustomization('labels: [{ pairs: { app: shop }, includeSelectors: true }]'),
      'shop.yaml': unlabelled,
    },
  ],
  [
    'a namespace of another team',
    { 'a.yaml': [object('v1', 'Namespace', 'team-a'), deployment(ports, '', { namespace: 'team-b' })].join('---\n') },
  ],
  [
    'a claim that many nodes may use',
    {
      'a.yaml': [
        deployment(ports, 'volumes: [{ name: a, persistentVolumeClaim: { claimName: a } }]').replace(
          'spec:\n',
          'spec:\n  replicas: 3\n',
        ),
        object(
          'v1',
          'PersistentVolumeClaim',
          'a',
          'spec: { accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } } }',
        ),
      ].join('---\n'),
    },
  ],
  [
    'the role of the API server for extensions',
    {
      'a.yaml': [
        object('rbac.authorization.k8s.io/v1', 'Role', 'own', 'rules: []'),
        object(
          'rbac.authorization.k8s.io/v1',
          'RoleBinding',
          'reader',
          'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: extension-apiserver-authentication-reader }',
        ),
      ].join('---\n'),
    },
  ],
  [
    'a StatefulSet of one pod without a disk, whose Service is elsewhere',
    {
      'a.yaml': [
        deployment(ports)
          .replace('kind: Deployment', 'kind: StatefulSet')
          .replace('spec:\n', 'spec:\n  serviceName: elsewhere\n'),
        service('cart'),
      ].join('---\n'),
    },
  ],
  [
    'two budgets of two folders',
    Object.fromEntries(
      ['a', 'b'].map(folder => [
        `${folder}/a.yaml`,
        [
          deployment(ports, '', { name: folder }).replaceAll(`app: ${folder}`, 'app: shop'),
          object(
            'policy/v1',
            'PodDisruptionBudget',
            folder,
            'spec: { maxUnavailable: 1, selector: { matchLabels: { app: shop } } }',
          ),
        ].join('---\n'),
      ]),
    ),
  ],
  [
    'a series of namespaces',
    { 'a.yaml': [object('v1', 'Namespace', 'shop1'), deployment(ports, '', { namespace: 'shop2' })].join('---\n') },
  ],
  [
    'an image whose project is filled in',
    { 'a.yaml': deployment(ports).replace('web:1.2', 'gcr.io/PROJECT_ID/web:1.2') },
  ],
  [
    'an image in a variable',
    { 'a.yaml': [deployment(`${ports}, env: [{ name: CART_IMAGE, value: "cart:8" }]`), service('cart')].join('---\n') },
  ],
  [
    'a key of an annotation in capitals',
    {
      'a.yaml': object('v1', 'ConfigMap', 'a').replace(
        'namespace: shop',
        'namespace: shop, annotations: { Example.com/Owner: a }',
      ),
    },
  ],
])('finds no error in %s', (_title, files) => {
  const { findings } = validateManifests(new Map(Object.entries(files)));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('tells without the kustomization that the selector is empty', () => {
  const { findings } = validateManifests(new Map([['shop.yaml', unlabelled]]));
  expect(findings.map(({ code, message }) => `${code}: ${message}`)).toContain(
    'refused-value: the selector is empty: name the labels of the pods',
  );
});
