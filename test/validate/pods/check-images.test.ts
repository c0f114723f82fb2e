import { expect, test } from 'vitest';
import { deployment, findingsOf, object } from '../../support/validate/findings-of.ts';

const withImage = (image: string) => deployment().replace('"web:1.2"', `"${image}"`);
const floating = (image: string, why = 'what runs changes without a deploy') =>
  `Deployment shop/shop: image ${image} has no fixed tag: ${why}; name a version`;

test.each([
  ['web', [`warning ${floating('web')}`]],
  ['web:latest', [`warning ${floating('web:latest')}`]],
  ['registry.example.com:5000/web', [`warning ${floating('registry.example.com:5000/web')}`]],
  ['registry.example.com:5000/web:1', []],
  [`web@sha256:${'0'.repeat(64)}`, []],
  ['$(IMAGE)', []],
])('image %s', (image, told) => {
  expect(findingsOf('latest-tag', withImage(image))).toEqual(told);
});

test('is an error where an HPA scales the workload: a raise would start other code', () => {
  const spec = 'spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, maxReplicas: 4 }';
  const autoscaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'shop', spec);
  expect(findingsOf('latest-tag', withImage('web:latest'), autoscaler)).toEqual([
    `error ${floating('web:latest', 'new pods of a raise may run other code than those before')}`,
  ]);
});
