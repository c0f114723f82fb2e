import { expect, test } from 'vitest';
import type { CapacityBuffer } from '../../../src/kube/resources/resource-kind.ts';
import { observeBuffer } from '../../../src/observe/capacity/observe-buffer.ts';

const condition = (type: string, status: string, observedGeneration?: number) => ({
  type,
  status,
  reason: 'R',
  message: 'm',
  ...(observedGeneration === undefined ? {} : { observedGeneration }),
});

function seen({ spec = {}, status = {}, ...metadata }: Partial<CapacityBuffer> & Record<string, unknown> = {}) {
  return observeBuffer({
    metadata: { name: 'gateway-sale', uid: 'u', labels: { 'headstart.dev/placeholder-for': 'gateway' }, ...metadata },
    spec,
    status,
  });
}

test('a CapacityBuffer without the label is not observed', () => {
  expect(seen({ labels: { app: 'gateway' } })).toBeUndefined();
});

test('one that states nothing asks for nothing, and nobody has answered', () => {
  expect(seen()).toEqual({ target: 'gateway', name: 'gateway-sale', uid: 'u', replicas: 0, buffer: {} });
});

test('its number, its size and when we wrote it', () => {
  const owned = { 'f:spec': { 'f:replicas': {} } };
  const managedFields = [
    { manager: 'headstart', time: '2026-11-27T18:00:00Z', fieldsV1: owned },
    { manager: 'argocd', time: '2026-11-27T18:30:00Z', fieldsV1: { 'f:spec': { 'f:scalableRef': {} } } },
  ];
  const spec = { replicas: 9, percentage: 20, scalableRef: { apiGroup: 'apps', kind: 'Deployment', name: 'gateway' } };
  expect(seen({ spec, managedFields })).toMatchObject({
    replicas: 9,
    replicasWriter: 'headstart',
    writtenAt: Date.parse('2026-11-27T18:00:00Z'),
    scales: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' },
    buffer: { percentage: 20 },
  });
});

test.each([
  ['of no generation', undefined, true],
  ['of its generation', 4, true],
  ['of an older generation', 3, false],
])('a condition %s', (_, observedGeneration, counts) => {
  const conditions = [
    condition('ReadyForProvisioning', 'True', observedGeneration),
    condition('Provisioning', 'False', observedGeneration),
  ];
  const { buffer } = seen({ generation: 4, status: { replicas: 3, conditions } }) ?? {};
  const told = {
    ready: { isTrue: true, reason: 'R', message: 'm' },
    provisioning: { isTrue: false, reason: 'R', message: 'm' },
  };
  expect(buffer).toEqual({ provided: 3, ...(counts ? told : {}) });
});
