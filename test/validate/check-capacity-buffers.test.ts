import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

const labels = { app: 'cart' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'cart' },
  spec: {
    replicas: 4,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'cart', image: 'cart:1' }] } },
  },
};
const buffer = (spec: object) => ({
  apiVersion: 'autoscaling.x-k8s.io/v1beta1',
  kind: 'CapacityBuffer',
  metadata: { name: 'cart' },
  spec,
});
const scalableRef = { apiGroup: 'apps', kind: 'Deployment', name: 'cart' };

test.each<[string, object[], string[]]>([
  [
    'a buffer with replicas and a percentage',
    [deployment, buffer({ scalableRef, replicas: 5, percentage: 50 })],
    [
      'of replicas 5 and percentage 50 some autoscalers keep the smaller, others the larger: beside 4 replicas room for 2 or 5 pods; state one of them',
    ],
  ],
  [
    'one whose workload is elsewhere',
    [buffer({ scalableRef, replicas: 5, percentage: 50 })],
    ['of replicas 5 and percentage 50 some autoscalers keep the smaller, others the larger; state one of them'],
  ],
  ['one in which both are the same', [deployment, buffer({ scalableRef, replicas: 2, percentage: 50 })], []],
  [
    'a percentage of less than one pod',
    [deployment, buffer({ scalableRef, percentage: 10 })],
    ['10 % of 4 replicas is less than one pod: some autoscalers keep room for 1, others for none; state replicas'],
  ],
  ['a percentage of half a pod more than two', [deployment, buffer({ scalableRef, percentage: 60 })], []],
  ['no percentage at all', [deployment, buffer({ scalableRef, percentage: 0 })], []],
  ['replicas alone', [deployment, buffer({ podTemplateRef: { name: 'cart' }, replicas: 5 })], []],
])('%s', (_title, objects, messages) => {
  const files = new Map([['all.yaml', objects.map(object => stringify(object)).join('---\n')]]);
  const found = validateManifests(files).findings.filter(({ code }) => code === 'buffer-size');
  expect(found.map(({ message }) => message)).toEqual(messages);
  expect(found.every(({ severity }) => severity === 'warning')).toBe(true);
});
