import { expect, test } from 'vitest';
import { isObject, parseManifestObjects } from '../../src/manifests/manifest-object.ts';

test.each([
  [
    'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes: []\n',
    'warning is not an object in a cluster: it has no metadata',
  ],
  ['kind: Pod\napiVersion: v1\n', 'error is not a complete Kubernetes object: metadata is missing'],
  [
    'kind: FlashSale\napiVersion: headstart.dev/v1alpha1\n',
    'error is not a complete Kubernetes object: metadata is missing',
  ],
])('tells of %j', (text, told) => {
  const parsed = parseManifestObjects('a.yaml', text);
  expect(parsed.flatMap(each => (isObject(each) ? [] : [`${each.severity} ${each.message}`]))).toEqual([told]);
});
