import { expect, test } from 'vitest';
import { findingsOf, object } from '../support/validate/findings-of.ts';

test.each([
  ['ConfigMap', 'shop.settings-1', []],
  [
    'ConfigMap',
    'Shop_settings',
    [
      'error ConfigMap shop/Shop_settings: "Shop_settings" is no name of a ConfigMap: at most 253 lower-case letters, digits, dots and hyphens, a letter or digit at each end',
    ],
  ],
  [
    'Service',
    'shop.web',
    [
      'error Service shop/shop.web: "shop.web" is no name of a Service: at most 63 lower-case letters, digits and hyphens, a letter or digit at each end',
    ],
  ],
  ['ConfigMap', '"$(cluster)"', []],
])('%s %s', (kind, name, told) => {
  expect(findingsOf('name', object('v1', kind, name))).toEqual(told);
});

test('names of RBAC objects are free', () => {
  expect(findingsOf('name', object('rbac.authorization.k8s.io/v1', 'ClusterRole', '"system:Shop"'))).toEqual([]);
});

test.each([
  ['1.2.3-rc_1', []],
  [
    '"very nice"',
    [
      'error ConfigMap shop/a: label app is "very nice": at most 63 letters, digits, dots, hyphens and underscores, a letter or digit at each end',
    ],
  ],
])('label %s', (value, told) => {
  const text = object('v1', 'ConfigMap', 'a').replace('name: a,', `name: a, labels: { app: ${value} },`);
  expect(findingsOf('name', text)).toEqual(told);
});
