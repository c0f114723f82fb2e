import { expect, test } from 'vitest';
import { podReferences } from '../../../src/validate/pods/pod-references.ts';
import { podSpecSchema } from '../../../src/validate/pods/pod-spec.ts';

test('lists every place in which a pod names another object, and leaves out what is optional', () => {
  const spec = podSpecSchema.parse({
    serviceAccountName: 'account',
    priorityClassName: 'high',
    imagePullSecrets: [{ name: 'pull' }],
    volumes: [
      { name: 'a', configMap: { name: 'map', items: [{ key: 'x' }] } },
      { name: 'b', secret: { secretName: 'secret' } },
      { name: 'c', persistentVolumeClaim: { claimName: 'claim' } },
      {
        name: 'd',
        projected: { sources: [{ configMap: { name: 'projected-map' } }, { secret: { name: 'projected' } }] },
      },
      { name: 'e', secret: { secretName: 'left-out', optional: true } },
    ],
    containers: [
      {
        name: 'web',
        env: [
          { name: 'A', valueFrom: { configMapKeyRef: { name: 'env-map', key: 'y' } } },
          { name: 'B', valueFrom: { secretKeyRef: { name: 'env-secret', key: 'z' } } },
          { name: 'C', valueFrom: { secretKeyRef: { name: 'left-out', key: 'z', optional: true } } },
        ],
        envFrom: [{ configMapRef: { name: 'from-map' } }, { secretRef: { name: 'from-secret' } }],
      },
    ],
  });
  const named = podReferences(spec).map(({ kind, name, keys }) => `${kind} ${name} ${keys.join()}`.trim());
  expect(named).toEqual([
    'ServiceAccount account',
    'PriorityClass high',
    'Secret pull',
    'ConfigMap map x',
    'Secret secret',
    'PersistentVolumeClaim claim',
    'ConfigMap projected-map',
    'Secret projected',
    'ConfigMap env-map y',
    'Secret env-secret z',
    'ConfigMap from-map',
    'Secret from-secret',
  ]);
});
