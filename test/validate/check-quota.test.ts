import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { validateManifests } from '../../src/validate/validate-manifests.ts';

const labels = { app: 'a' };
const workload = (pod: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a' },
  spec: { replicas: 10, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
});
const quota = (cpu: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'peak' },
  spec: { hard: { 'requests.cpu': cpu }, ...more },
});
const limitRange = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'defaults' },
  spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] },
};
const sidecars = {
  containers: [{ name: 'a', image: 'a:1', resources: { limits: { cpu: '1' } } }],
  initContainers: [{ name: 'b', image: 'b:1', restartPolicy: 'Always', resources: { requests: { cpu: '200m' } } }],
};

test.each([
  [
    'a quota without room for sidecars and limits',
    [workload(sidecars), quota('11')],
    ['requests.cpu 11 is less than the planned peak needs: 12'],
  ],
  ['a quota with room to the last millicore', [workload(sidecars), quota('12')], []],
  [
    'the default of a LimitRange',
    [workload({ containers: [{ name: 'a', image: 'a:1' }] }), limitRange, quota('4')],
    ['requests.cpu 4 is less than the planned peak needs: 5'],
  ],
  ['no quota that counts other pods', [workload(sidecars), quota('1', { scopes: ['BestEffort'] })], []],
])('names %s', (_title, objects, told) => {
  const text = objects.map(object => stringify(object)).join('---\n');
  const { findings } = validateManifests(new Map([['a.yaml', text]]));
  expect(findings.map(({ message }) => message)).toEqual(told);
});
