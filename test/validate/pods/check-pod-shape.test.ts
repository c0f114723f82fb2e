import { expect, test } from 'vitest';
import { deployment, findingsOf, object } from '../../support/validate/findings-of.ts';

const told = (message: string) => [`error Deployment shop/shop: ${message}`];

test.each([
  [
    'nothing of a sound pod',
    deployment('ports: [{ name: http, containerPort: 80 }], env: [{ name: A, value: "1" }]'),
    [],
  ],
  [
    'two containers of one name',
    deployment('', 'initContainers: [{ name: web, image: "a:1" }]'),
    told('a second container is named web'),
  ],
  [
    'two volumes of one name',
    deployment('', 'volumes: [{ name: tmp, emptyDir: {} }, { name: tmp, emptyDir: {} }]'),
    told('a second volume is named tmp'),
  ],
  [
    'two ports of one name',
    deployment('ports: [{ name: http, containerPort: 80 }, { name: http, containerPort: 81 }]'),
    told('container web has a second port named http'),
  ],
  [
    'a value from two places',
    deployment('env: [{ name: A, value: "1", valueFrom: { secretKeyRef: { name: a, key: b } } }]'),
    told('variable A has both value and valueFrom: remove one'),
  ],
  ['no image', deployment().replace('"web:1.2"', '""'), told('container web has no image that can be pulled')],
  [
    'a restart policy that a Deployment cannot have',
    deployment('', 'restartPolicy: Never'),
    told('restartPolicy Never of a Deployment is refused; write Always'),
  ],
])('tells %s', (_title, text, expected) => {
  expect(findingsOf('pod-shape', text)).toEqual(expected);
});

test('tells a Job that would be restarted for ever', () => {
  const job = object(
    'batch/v1',
    'Job',
    'a',
    'spec: { template: { spec: { containers: [{ name: a, image: "a:1" }] } } }',
  );
  expect(findingsOf('pod-shape', job)).toEqual([
    'error Job shop/a: restartPolicy Always of a Job is refused; write OnFailure or Never',
  ]);
});
