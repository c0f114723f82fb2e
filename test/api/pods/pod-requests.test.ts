import { describe, expect, test } from 'vitest';
import { podLimit, podRequest } from '../../../src/api/pods/pod-requests.ts';
import type { Container, PodSpec } from '../../../src/validate/known-objects.ts';

const container = (cpu: string | number, more: Partial<Container> = {}): Container => ({
  resources: { requests: { cpu } },
  ...more,
});
const limited = (cpu: string): Container => ({ resources: { limits: { cpu } } });
const sidecar = (cpu: string): Container => container(cpu, { restartPolicy: 'Always' });

/** As k8s.io/component-helpers/resource.PodRequests counts, after the defaults of the API server. */
describe('podRequest', () => {
  test.each<[string, PodSpec, number]>([
    ['the containers together', { containers: [container('500m'), container(0.25)] }, 0.75],
    ['a limit where no request is stated', { containers: [limited('2'), container('1')] }, 3],
    ['the largest init container above them', { containers: [container('1')], initContainers: [container('3')] }, 3],
    ['no init container below them', { containers: [container('2')], initContainers: [container('1')] }, 2],
    ['sidecars beside them', { containers: [container('1')], initContainers: [sidecar('500m')] }, 1.5],
    [
      'an init container with the sidecars started before it',
      { containers: [container('1')], initContainers: [sidecar('1'), container('2'), sidecar('1')] },
      3,
    ],
    [
      'all sidecars with the containers, where that is more',
      { containers: [container('3')], initContainers: [sidecar('1'), container('2'), sidecar('1')] },
      5,
    ],
    ['the request of the pod instead', { containers: [container('1')], resources: { requests: { cpu: '4' } } }, 4],
    ['the limit of the pod where nobody else states any', { containers: [{}], resources: { limits: { cpu: '4' } } }, 4],
    ['no limit of the pod beside a request', { containers: [container('1')], resources: { limits: { cpu: '4' } } }, 1],
    ['the overhead on top', { containers: [container('1')], overhead: { cpu: '250m' } }, 1.25],
    ['nothing where nothing is stated', { containers: [{}] }, 0],
  ])('counts %s', (_title, pod, cpu) => expect(podRequest(pod, 'cpu')).toBe(cpu));

  test('gives a LimitRange’s default to containers that state nothing', () => {
    expect(podRequest({ containers: [{}, container('1')] }, 'cpu', { cpu: 0.5 })).toBe(1.5);
  });
});

describe('podLimit', () => {
  test.each<[string, PodSpec, number]>([
    ['the limits together', { containers: [limited('500m'), limited('1')] }, 1.5],
    ['no requests', { containers: [container('1')] }, 0],
    ['the limit of the pod instead', { containers: [limited('1')], resources: { limits: { cpu: '4' } } }, 4],
    ['the overhead on top', { containers: [limited('1')], overhead: { cpu: '100m' } }, 1.1],
  ])('counts %s', (_, pod, limit) => {
    expect(podLimit(pod, 'cpu')).toBeCloseTo(limit, 9);
  });

  test('counts the default of a LimitRange where a container states none', () => {
    expect(podLimit({ containers: [container('1'), limited('2')] }, 'cpu', { cpu: 3 })).toBe(5);
  });
});
