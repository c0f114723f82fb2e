import { expect, test } from 'vitest';
import { quantitiesAsText } from '../../../src/apiserver/objects/quantity-text.ts';
import { builtInSchema } from '../../../src/schema/built-in-schema.ts';

/** As the real server of Kubernetes 1.36 stores what it is given. */
test.each([
  ['0.5', '500m'],
  ['1000m', '1'],
  ['+3', '+3'],
  ['.5', '500m'],
  ['1e3', '1e3'],
  ['1000k', '1M'],
  ['1500e0', '1500e0'],
  ['0Gi', '0'],
  ['512Ki', '512Ki'],
  ['1024Ki', '1Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Ki', '512'],
  ['0.1Gi', '107374182400m'],
  ['-2048Ki', '-2Mi'],
  ['many', 'many'],
])('the quantity "%s" is stored as %s', (given, text) => {
  const pod = { spec: { containers: [{ name: 'a', resources: { requests: { memory: given } } }] } };
  expect(quantitiesAsText(pod, builtInSchema('io.k8s.api.core.v1.Pod'))).toEqual({
    spec: { containers: [{ name: 'a', resources: { requests: { memory: text } } }] },
  });
});

/** As k8s.io/apimachinery/pkg/api/resource 0.36.3 writes what it read from the number. */
test.each([
  [0.5, '500m'],
  [1, '1'],
  [1.5, '1500m'],
  [1500, '1500'],
  [2000, '2k'],
  [1_000_000, '1M'],
  [3_000_000_000_000, '3T'],
  [123_456_789, '123456789'],
  [0, '0'],
  [0.0005, '500u'],
  [-0.25, '-250m'],
  [1e-10, '1n'],
])('the quantity %d is stored as %s', (number, text) => {
  const pod = { spec: { containers: [{ name: 'a', resources: { requests: { cpu: number } } }], priority: 7 } };
  expect(quantitiesAsText(pod, builtInSchema('io.k8s.api.core.v1.Pod'))).toEqual({
    spec: { containers: [{ name: 'a', resources: { requests: { cpu: text } } }], priority: 7 },
  });
});
