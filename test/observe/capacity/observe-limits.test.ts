import { describe, expect, test } from 'vitest';
import { observeLimitRange, observePodShape, observeQuota } from '../../../src/observe/capacity/observe-limits.ts';

const quota = (spec: object, status?: object) =>
  observeQuota({ metadata: { name: 'peak' }, spec, status } as unknown as Parameters<typeof observeQuota>[0]);
const hard = { pods: '50', 'requests.cpu': '40', 'count/configmaps': '5' };

describe('of a quota is kept', () => {
  test('what a raise uses', () => {
    expect(quota({ hard }, { hard, used: { pods: '12', 'requests.cpu': '9500m', 'count/configmaps': '3' } })).toEqual({
      name: 'peak',
      hard: { pods: '50', 'requests.cpu': '40' },
      used: { pods: '12', 'requests.cpu': '9500m' },
    });
  });

  test('its spec before anybody has counted', () => {
    expect(quota({ hard })).toEqual({ name: 'peak', hard: { pods: '50', 'requests.cpu': '40' }, used: {} });
  });

  test.each<[object, boolean]>([
    [{ scopes: ['NotTerminating', 'NotBestEffort'] }, true],
    [{ scopes: ['Terminating'] }, false],
    [{ scopes: ['BestEffort'] }, false],
    [{ scopeSelector: { matchExpressions: [] } }, false],
  ])('with %j: %j', (scope, isKept) => {
    expect(quota({ hard, ...scope }) !== undefined).toBe(isKept);
  });
});

test('of a LimitRange are kept the limits of containers and pods, for cpu and memory', () => {
  const limits = [
    {
      type: 'Container',
      max: { cpu: '2', 'ephemeral-storage': '1Gi' },
      default: { cpu: '1' },
      defaultRequest: { cpu: '500m' },
    },
    { type: 'PersistentVolumeClaim', max: { storage: '1Gi' } },
  ];
  const range = { metadata: { name: 'limits' }, spec: { limits } } as unknown as Parameters<
    typeof observeLimitRange
  >[0];
  expect(observeLimitRange(range)).toEqual({
    name: 'limits',
    limits: [{ type: 'Container', max: { cpu: '2' }, min: {}, limit: { cpu: '1' }, request: { cpu: '500m' } }],
  });
});

test('of a pod template are kept the requests and limits of its containers', () => {
  const spec = {
    containers: [{ name: 'app', image: 'shop/app', resources: { requests: { cpu: '1', 'nvidia.com/gpu': '1' } } }],
    initContainers: [{ name: 'proxy', image: 'shop/proxy', restartPolicy: 'Always' }],
    overhead: { cpu: '100m' },
  };
  expect(observePodShape(spec)).toEqual({
    containers: [{ name: 'app', resources: { requests: { cpu: '1' }, limits: {} } }],
    initContainers: [{ name: 'proxy', resources: { requests: {}, limits: {} }, restartPolicy: 'Always' }],
    overhead: { cpu: '100m' },
  });
  expect(observePodShape(undefined)).toBeUndefined();
});
