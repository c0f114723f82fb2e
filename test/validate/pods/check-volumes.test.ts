import { expect, test } from 'vitest';
import { deployment, findingsOf } from '../../support/validate/findings-of.ts';

test.each([
  [
    'nothing of a volume of the pod',
    deployment('volumeMounts: [{ name: tmp, mountPath: /tmp }]', 'volumes: [{ name: tmp, emptyDir: {} }]'),
    [],
  ],
  [
    'a mount of no volume, with the one that is meant',
    deployment('volumeMounts: [{ name: cache, mountPath: /tmp }]', 'volumes: [{ name: caches, emptyDir: {} }]'),
    ['error Deployment shop/shop: container web mounts cache, which is no volume of the pod; did you mean caches?'],
  ],
  [
    'nothing of a claim of a StatefulSet',
    deployment('volumeMounts: [{ name: data, mountPath: /data }]')
      .replace('Deployment', 'StatefulSet')
      .concat('  volumeClaimTemplates: [{ metadata: { name: data }, spec: {} }]\n'),
    [],
  ],
])('tells %s', (_title, text, told) => {
  expect(findingsOf('missing-volume', text)).toEqual(told);
});
