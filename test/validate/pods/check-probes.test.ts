import { expect, test } from 'vitest';
import { deployment, findingsOf } from '../../support/validate/findings-of.ts';

const ports = 'ports: [{ name: http, containerPort: 8080 }]';
const both = 'ports: [{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53 }]';

test.each([
  ['nothing of a port by its name', `${ports}, readinessProbe: { httpGet: { port: http } }`, []],
  [
    'a name that no port has',
    `${ports}, livenessProbe: { httpGet: { port: htpp } }`,
    ['error Deployment shop/shop: livenessProbe asks port htpp, which container web does not have; did you mean http?'],
  ],
  [
    'a number that is a digit away from the only port',
    `${ports}, startupProbe: { tcpSocket: { port: 8081 } }`,
    ['error Deployment shop/shop: startupProbe asks port 8081, but container web has port 8080 alone'],
  ],
  [
    'a number that is not declared as a warning, for a declared port is only a note',
    `${both}, livenessProbe: { httpGet: { port: 8181 } }`,
    ['warning Deployment shop/shop: livenessProbe asks port 8181, but container web states port 8080, 53 alone'],
  ],
  [
    'nothing of a port for metrics alone',
    'ports: [{ name: metrics, containerPort: 8080 }], livenessProbe: { httpGet: { port: 8081 } }',
    [],
  ],
  ['nothing of a container that declares none', 'livenessProbe: { grpc: { port: 9090 } }', []],
])('tells %s', (_title, container, told) => {
  expect(findingsOf('probe-port', deployment(container))).toEqual(told);
});

test('warns of a probe that asks again before it has its answer', () => {
  const probe = 'readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 2, timeoutSeconds: 5 }';
  expect(findingsOf('probe-timing', deployment(probe))).toEqual([
    'warning Deployment shop/shop: readinessProbe waits 5 s for an answer but asks every 2 s: the period should be longer',
  ]);
  expect(findingsOf('probe-timing', deployment('readinessProbe: { tcpSocket: { port: 80 } }'))).toEqual([]);
});
