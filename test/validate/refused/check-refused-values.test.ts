import { describe, expect, test } from 'vitest';
import { deployment, findingsOf, object } from '../../support/validate/findings-of.ts';

const service = (ports: string) => object('v1', 'Service', 'shop', `spec: { ports: [${ports}] }`);
const secret = (fields: string) => object('v1', 'Secret', 'key', fields);
const rollout = (strategy: string) => deployment().replace('spec:\n', `spec:\n  strategy: { ${strategy} }\n`);
const scaler = (behavior: string) =>
  object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'shop',
    `spec: { maxReplicas: 4, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, behavior: { ${behavior} } }`,
  );
const twoMounts = (second: string) =>
  deployment(
    `volumeMounts: [{ name: a, mountPath: /a }, { name: b, mountPath: ${second} }]`,
    'volumes: [{ name: a, emptyDir: {} }, { name: b, emptyDir: {} }]',
  );

describe('what the API server refuses although a schema lets it through', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'ports without names',
      service('{ port: 80 }, { name: admin, port: 81 }'),
      ['Service shop/shop: port 80/TCP has no name: each needs one beside others'],
    ],
    [
      'one name of two ports',
      service('{ name: http, port: 80 }, { name: http, port: 81 }'),
      ['Service shop/shop: a second port is named http'],
    ],
    [
      'one port twice',
      service('{ name: a, port: 80 }, { name: b, port: 80 }'),
      ['Service shop/shop: port 80/TCP stands twice'],
    ],
    [
      'nothing of one port in two protocols',
      service('{ name: a, port: 53 }, { name: b, port: 53, protocol: UDP }'),
      [],
    ],
    ['nothing of one port without a name', service('{ port: 80 }'), []],
    [
      'data that is no base64',
      secret('data: { password: "hunter2!" }'),
      ['Secret shop/key: password is not base64: encode it, or state it as stringData'],
    ],
    ['nothing of base64 in lines', secret('data: { password: "aHVu\\ndGVyMg==\\n" }'), []],
    ['nothing of what a tool fills in', secret('data: { password: "$' + '{PASSWORD}" }'), []],
    ['nothing of plain text', secret('stringData: { password: "hunter2!" }'), []],
    [
      'a key with a space',
      object('v1', 'ConfigMap', 'texts', 'data: { "read me": "x" }'),
      ['ConfigMap shop/texts: "read me" is no key: at most 253 letters, digits, dots, hyphens and underscores'],
    ],
    ['nothing of a file name', object('v1', 'ConfigMap', 'texts', 'data: { "app_1.yaml": "a b" }'), []],
    [
      'a rollout that cannot move',
      rollout('rollingUpdate: { maxSurge: 0, maxUnavailable: 0% }'),
      ['Deployment shop/shop: maxSurge and maxUnavailable are both 0: a rollout can neither add nor remove a pod'],
    ],
    [
      'fields of the other strategy',
      rollout('type: Recreate, rollingUpdate: { maxSurge: 1 }'),
      ['Deployment shop/shop: a strategy of type Recreate has no rollingUpdate: remove it'],
    ],
    ['nothing of a rollout with one of them', rollout('rollingUpdate: { maxUnavailable: 0 }'), []],
    [
      'times of an HPA that are too long',
      scaler(
        'scaleUp: { policies: [{ type: Pods, value: 1, periodSeconds: 3600 }] }, scaleDown: { stabilizationWindowSeconds: 7200 }',
      ),
      [
        'HorizontalPodAutoscaler shop/shop: periodSeconds 3600 of scaleUp: from 1 to 1800',
        'HorizontalPodAutoscaler shop/shop: stabilizationWindowSeconds 7200 of scaleDown: at most 3600',
      ],
    ],
    [
      'nothing of the longest',
      scaler(
        'scaleDown: { stabilizationWindowSeconds: 3600, policies: [{ type: Pods, value: 1, periodSeconds: 1800 }] }',
      ),
      [],
    ],
    ['a path that is mounted twice', twoMounts('/a'), ['Deployment shop/shop: container web mounts /a twice']],
    ['nothing of two paths', twoMounts('/b'), []],
    [
      'a liveness probe that wants two answers',
      deployment('livenessProbe: { successThreshold: 2, httpGet: { path: /, port: 80 } }'),
      ['Deployment shop/shop: successThreshold 2 of livenessProbe: it must be 1'],
    ],
    [
      'nothing of such a readiness probe',
      deployment('readinessProbe: { successThreshold: 2, httpGet: { path: /, port: 80 } }'),
      [],
    ],
  ])('is %s', (_title, manifest, expected) => {
    expect(findingsOf('refused-value', manifest)).toEqual(expected.map(text => `error ${text}`));
  });
});
