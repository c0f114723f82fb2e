import { expect, test } from 'vitest';
import { findingsOf, object } from '../../support/validate/findings-of.ts';

const service = object('v1', 'Service', 'shop', 'spec: { selector: { app: shop }, ports: [{ name: http, port: 80 }] }');
const ingress = (name: string, port: string) =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    'shop',
    `spec: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { ${port} } } } }] } }] }`,
  );
const route = (backend: string, kind = 'HTTPRoute') =>
  object('gateway.networking.k8s.io/v1', kind, 'shop', `spec: { rules: [{ backendRefs: [{ ${backend} }] }] }`);

test.each([
  ['nothing of an Ingress by number', ingress('shop', 'number: 80'), []],
  ['nothing of an Ingress by name', ingress('shop', 'name: http'), []],
  [
    'a number that the Service does not have',
    ingress('shop', 'number: 8080'),
    ['error Ingress shop/shop: leads to port 8080 of Service shop, which has 80 (http)'],
  ],
  [
    'a name that the Service does not have',
    ingress('shop', 'name: htpp'),
    ['error Ingress shop/shop: leads to port htpp of Service shop, which has 80 (http); did you mean http?'],
  ],
  [
    'a Service by a name that is nearly right',
    ingress('shp', 'number: 80'),
    ['error Ingress shop/shop: leads nowhere: Service shp is not in this folder; did you mean shop?'],
  ],
  [
    'a route to a Service that is not beside the others',
    route('name: checkout, port: 80'),
    ['error HTTPRoute shop/shop: leads nowhere: Service checkout is not in this folder, which has shop'],
  ],
  [
    'the port of a route',
    route('name: shop, port: 81', 'GRPCRoute'),
    ['error GRPCRoute shop/shop: leads to port 81 of Service shop, which has 80 (http)'],
  ],
  ['nothing of a backend of another kind', route('group: shop.example, kind: Bucket, name: pictures'), []],
  [
    'a Service of another namespace, which may be elsewhere',
    route('namespace: other, name: pictures, port: 80'),
    ['warning HTTPRoute shop/shop: leads nowhere: Service pictures is not in this folder'],
  ],
])('tells %s', (_title, text, told) => {
  expect(findingsOf('route-backend', text, service)).toEqual(told);
});
