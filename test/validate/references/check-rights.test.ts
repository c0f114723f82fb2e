import { expect, test } from 'vitest';
import { findingsOf, object } from '../../support/validate/findings-of.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const role = (rule: string) => object(rbac, 'ClusterRole', 'shop', `rules: [{ ${rule} }]`);
const binding = (name: string, subject: string) =>
  object(
    rbac,
    'ClusterRoleBinding',
    'shop',
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name} }, subjects: [{ ${subject} }]`,
  );
const everything = 'apiGroups: ["*"], resources: ["*"], verbs: ["*"]';

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing of named rights', [role('apiGroups: [""], resources: [pods], verbs: [get]')], []],
  [
    'a wildcard, once for each list, as a warning',
    [role('apiGroups: [""], resources: ["*"], verbs: ["*"]')],
    [
      'warning ClusterRole shop: gives rights to all resources, those of tomorrow included: name them',
      'warning ClusterRole shop: gives rights to all verbs, those of tomorrow included: name them',
    ],
  ],
  [
    'everything for anybody',
    [binding('cluster-admin', 'apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated"')],
    [
      'error ClusterRoleBinding shop: gives cluster-admin, which has rights to everything, to system:authenticated: anybody',
    ],
  ],
])('tells %s', (_title, documents, told) => {
  expect(findingsOf('wildcard-rights', ...documents)).toEqual(told);
});

test.each<[string, readonly string[], readonly string[]]>([
  [
    'a role by a name that is nearly right',
    [role(everything), binding('shopp', 'kind: User, name: a')],
    ['error ClusterRoleBinding shop: ClusterRole shopp is not in this folder; did you mean shop?'],
  ],
  ['nothing of a role that every cluster has', [role(everything), binding('view', 'kind: User, name: a')], []],
  [
    'an account by a name that is nearly right',
    [
      role(everything),
      object('v1', 'ServiceAccount', 'shop-runner'),
      binding('shop', 'kind: ServiceAccount, namespace: shop, name: shop-runer'),
    ],
    ['error ClusterRoleBinding shop: ServiceAccount shop-runer is not in this folder; did you mean shop-runner?'],
  ],
])('tells %s', (_title, documents, told) => {
  expect(findingsOf('missing-role', ...documents)).toEqual(told);
});
