import { expect, test } from 'vitest';
import { deployment, findingsOf, object } from '../../support/validate/findings-of.ts';

const pods = deployment('ports: [{ name: http, containerPort: 8080 }]');
const service = (selector: string, ports: string, name = 'shop') =>
  object('v1', 'Service', name, `spec: { selector: { app: ${selector} }, ports: [${ports}] }`);
const told = (message: string, severity = 'error') => [`${severity} Service shop/shop: ${message}`];

test.each<[string, readonly string[], readonly string[]]>([
  ['nothing of a port by its name', [pods, service('shop', '{ port: 80, targetPort: http }')], []],
  ['nothing of a port by its number', [pods, service('shop', '{ port: 8080 }')], []],
  [
    'a name that no container has',
    [pods, service('shop', '{ port: 80, targetPort: htpp }')],
    told('leads to port htpp, which no container of its pods has; did you mean http?'),
  ],
  [
    'another number than the pods have',
    [pods, service('shop', '{ port: 80 }')],
    told('leads to port 80, but its pods have 8080'),
  ],
  [
    'one number of several, which may be for a sidecar, as a warning',
    [pods, service('shop', '{ name: a, port: 8080 }, { name: b, port: 15020 }')],
    told('leads to port 15020, but its pods have 8080', 'warning'),
  ],
  ['nothing of pods that declare no port', [deployment(), service('shop', '{ port: 80 }')], []],
  [
    'a selector that is a slip of a label',
    [pods, service('shp', '{ port: 8080 }', 'web')],
    ["error Service shop/web: selects no pod: app: shp is no pod's label; did you mean shop?"],
  ],
  [
    'a selector that misses the workload of its name',
    [pods, service('frontend', '{ port: 8080 }')],
    told('selects no pod: its selector differs from the labels of the pods of Deployment shop'),
  ],
  [
    'nothing of a selector of pods that an operator makes',
    [pods, service('alertmanager', '{ port: 9093 }', 'alerts')],
    [],
  ],
  [
    'nothing of a name outside',
    [
      pods,
      object('v1', 'Service', 'shop', 'spec: { type: ExternalName, externalName: a.example, selector: { app: b } }'),
    ],
    [],
  ],
])('tells %s', (_title, documents, expected) => {
  expect(findingsOf('service-target', ...documents)).toEqual(expected);
});
