import { expect, test } from 'vitest';
import { deployment, findingsOf, object } from '../../support/validate/findings-of.ts';

test.each([
  [
    'a limit below the request, in other units',
    'resources: { requests: { memory: 1Gi }, limits: { memory: 1000Mi } }',
    [
      'error Deployment shop/shop: container web: limit 1000Mi of memory is below its request 1Gi; the API server refuses it',
    ],
  ],
  ['nothing of an equal limit', 'resources: { requests: { cpu: 1 }, limits: { cpu: 1000m } }', []],
  ['nothing of a limit alone', 'resources: { limits: { cpu: 1 } }', []],
])('tells %s', (_title, container, told) => {
  expect(findingsOf('limit-below-request', deployment(container))).toEqual(told);
});

const autoscaler = (metric: string) =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'shop',
    `spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, maxReplicas: 4, metrics: [${metric}] }`,
  );
const ofPods = autoscaler(
  '{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }',
);
const ofContainer = autoscaler(
  '{ type: ContainerResource, containerResource: { name: cpu, container: web, target: { type: Utilization, averageUtilization: 60 } } }',
);
const ofValue = autoscaler(
  '{ type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 500m } } }',
);
const sidecar = 'initContainers: [{ name: proxy, image: "proxy:1", restartPolicy: Always }]';
const requested = 'resources: { requests: { cpu: 100m } }';
const none = (containers: string) =>
  `error HorizontalPodAutoscaler shop/shop: scales by the utilization of cpu, but container ${containers} of shop requests none: the HPA can compute nothing`;

test.each<[string, readonly string[], readonly string[]]>([
  ['no CPU request under a target in percent', [deployment(), ofPods], [none('web')]],
  ['nothing where it is requested', [deployment(requested), ofPods], []],
  ['nothing where a limit stands for it', [deployment('resources: { limits: { cpu: 1 } }'), ofPods], []],
  ['a sidecar without a request', [deployment(requested, sidecar), ofPods], [none('proxy')]],
  ['nothing of a sidecar that the metric leaves out', [deployment(requested, sidecar), ofContainer], []],
  ['nothing of a target in absolute terms', [deployment(), ofValue], []],
  [
    'nothing where the namespace has a default',
    [
      deployment(),
      ofPods,
      object('v1', 'LimitRange', 'a', 'spec: { limits: [{ type: Container, defaultRequest: { cpu: 100m } }] }'),
    ],
    [],
  ],
])('tells %s', (_title, documents, told) => {
  expect(findingsOf('no-request', ...documents)).toEqual(told);
});
