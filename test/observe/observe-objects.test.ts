import type { V1Deployment, V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { policyName } from '../../src/api/scaling-policy.ts';
import type { Wire } from '../../src/kube/resources/wire.ts';
import { effectivePolicy } from '../../src/observe/effective-policy.ts';
import { readFlashSale, readPolicy } from '../../src/observe/read-object.ts';
import { observeAutoscaler } from '../../src/observe/workloads/observe-autoscaler.ts';
import { observeScaled, observeWorkload } from '../../src/observe/workloads/observe-workload.ts';
import { flashSale, scalingPolicy } from '../support/shop/kinds.ts';

const owner = (manager: string, time: string, fields: object) => ({ manager, time, fieldsV1: { 'f:spec': fields } });

describe('an HPA', () => {
  const hpa = (parts: Partial<Wire<V2HorizontalPodAutoscaler>>): Wire<V2HorizontalPodAutoscaler> => ({
    metadata: { name: 'checkout', uid: 'u1', resourceVersion: '7' },
    spec: { maxReplicas: 20, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' } },
    ...parts,
  });

  test.each<[string, Partial<Wire<V2HorizontalPodAutoscaler>>, object]>([
    [
      'has a minimum of 1 where it states none, and no status before its first sync',
      {},
      { minReplicas: 1, maxReplicas: 20, currentReplicas: 0, desiredReplicas: 0, otherWriters: [] },
    ],
    [
      'carries our floors as numbers',
      { metadata: { annotations: { 'headstart.dev/floor': '35', 'headstart.dev/floor-max': '53' } } },
      { floor: 35, floorMax: 53 },
    ],
    [
      'carries the autoscaler that owns it',
      {
        metadata: {
          ownerReferences: [
            { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'checkout', uid: 'u2', controller: true },
          ],
        },
      },
      { owner: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'checkout' } },
    ],
    [
      'names who else owns a bound, newest first, and not who writes its status',
      {
        metadata: {
          managedFields: [
            owner('argocd', '2026-11-27T10:00:00Z', { 'f:maxReplicas': {} }),
            owner('headstart', '2026-11-27T12:00:00Z', { 'f:minReplicas': {}, 'f:maxReplicas': {} }),
            owner('kubectl-edit', '2026-11-27T11:00:00Z', { 'f:minReplicas': {} }),
            { manager: 'kube-controller-manager', time: '2026-11-27T12:00:00Z', fieldsV1: { 'f:status': {} } },
          ],
        },
      },
      { otherWriters: ['kubectl-edit', 'argocd'] },
    ],
    [
      'tells when we wrote it also after another manager has taken both bounds by force',
      {
        metadata: {
          managedFields: [
            owner('argocd', '2026-11-27T12:00:30Z', { 'f:minReplicas': {}, 'f:maxReplicas': {} }),
            {
              manager: 'headstart',
              time: '2026-11-27T12:00:00Z',
              fieldsV1: { 'f:metadata': { 'f:annotations': { '.': {}, 'f:headstart.dev/floor': {} } } },
            },
          ],
        },
      },
      { writtenAt: Date.parse('2026-11-27T12:00:00Z'), otherWriters: ['argocd'] },
    ],
  ])('%s', (_, parts, expected) => {
    expect(observeAutoscaler(hpa(parts)).observation).toMatchObject(expected);
  });

  test('does not take a floor that is no number of replicas', () => {
    const annotations = { 'headstart.dev/floor': '-3', 'headstart.dev/floor-max': '1e9' };
    const { observation } = observeAutoscaler(hpa({ metadata: { annotations } }));
    expect(observation).not.toHaveProperty('floor');
    expect(observation).not.toHaveProperty('floorMax');
  });
});

describe('a workload', () => {
  const deployment = (parts: Partial<Wire<V1Deployment>>) =>
    observeWorkload({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout' }, ...parts } as never);

  test.each<[string, Partial<Wire<V1Deployment>>, object]>([
    ['of no stated replicas has one', { spec: {} as never }, { replicas: 1, readyReplicas: 0 }],
    ['of 0 replicas has none', { spec: { replicas: 0 } as never }, { replicas: 0 }],
    ['says how many are ready', { status: { readyReplicas: 3 } }, { readyReplicas: 3 }],
    [
      'names the newest writer of its replicas',
      {
        metadata: {
          managedFields: [
            { ...owner('headstart', '2026-11-27T10:00:00Z', { 'f:replicas': {} }), subresource: 'scale' },
            owner('argocd', '2026-11-27T09:00:00Z', { 'f:replicas': {} }),
          ],
        },
      },
      { replicasWriter: 'headstart' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(deployment(parts)).toMatchObject(expected);
  });

  test.each([
    ['its own count of ready replicas', { readyReplicas: 2 }, 2],
    ['its Scale where it counts none', {}, 5],
  ])('of another kind is read by %s', (_, status, ready) => {
    const scale = { spec: { replicas: 6 }, status: { replicas: 5 } };
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'checkout' }, status };
    expect(observeScaled(rollout, scale)).toMatchObject({ kind: 'Rollout', replicas: 6, readyReplicas: ready });
  });
});

describe('an object of ours', () => {
  test('that is right is read without its managedFields', () => {
    const sale = flashSale({});
    const read = readFlashSale({ ...sale, metadata: { ...sale.metadata, managedFields: [{ manager: 'kubectl' }] } });
    expect(read).toMatchObject({ value: { metadata: { name: 'sneaker-drop' } } });
    expect(JSON.stringify(read)).not.toContain('managedFields');
  });

  test('that is wrong becomes a sentence that names the field, with what a status needs', () => {
    const sale = flashSale({ endTime: 'tomorrow' });
    const accepted = { type: 'Accepted', status: 'True', reason: 'Accepted', message: '' };
    const conditions = [{ ...accepted, lastTransitionTime: '2026-11-01T00:00:00Z' }, { type: 'broken' }];
    const metadata = { ...sale.metadata, uid: 'u1', generation: 3 };
    expect(readFlashSale({ ...sale, metadata, status: { conditions } })).toEqual({
      unreadable: {
        kind: 'FlashSale',
        name: 'sneaker-drop',
        field: 'spec.endTime',
        message: expect.stringMatching(/^FlashSale marketplace\/sneaker-drop: spec\.endTime: must be an instant/),
        uid: 'u1',
        generation: 3,
        conditions: [conditions[0]],
        ending: { isCancelled: false },
      },
    });
  });

  test.each([[{}], [{ metadata: { name: 'x' } }], [{ metadata: null, spec: [] }]])(
    'that is %j hurts nobody',
    object => {
      expect(readFlashSale(object as never)).toHaveProperty('unreadable');
    },
  );
});

describe('the policy of a namespace', () => {
  const record = (name: string, spec: object) => {
    return readPolicy({ ...scalingPolicy({ ...spec }), metadata: { name, namespace: 'marketplace' } });
  };

  test.each<[string, readonly [string, object][], object]>([
    ['is that of defaults where there is none', [], { mode: 'Apply', paused: 'None' }],
    ['is not one of another name', [['other', { mode: 'ForecastOnly' }]], { mode: 'Apply' }],
    [
      'is the one named default',
      [
        ['other', {}],
        [policyName, { mode: 'ForecastOnly', maxReplicasPerTarget: 9 }],
      ],
      { mode: 'ForecastOnly', maxReplicasPerTarget: 9, paused: 'None' },
    ],
    [
      'keeps what can be read of a bad one',
      [[policyName, { mode: 'ForecastOnly', maxReplicasPerTarget: 9, maxTotalReplicas: -1, nonsense: true }]],
      { mode: 'ForecastOnly', maxReplicasPerTarget: 9, paused: 'None' },
    ],
    [
      'takes a mode that cannot be read for none, and keeps a pause that can',
      [[policyName, { mode: 'Aply', paused: 'Up' }]],
      { mode: 'Apply', paused: 'Up' },
    ],
    ['lowers nothing where its pause cannot be read', [[policyName, { paused: 'Upp' }]], { paused: 'Down' }],
  ])('%s', (_, policies, expected) => {
    const effective = effectivePolicy(policies.map(([name, spec]) => record(name, spec)));
    expect(effective).toMatchObject(expected);
    expect(effective).not.toHaveProperty('nonsense');
    expect(effective).not.toHaveProperty('maxTotalReplicas');
  });

  test('keeps each shared limit that can be read, so that a bad one lifts no other', () => {
    const limits = [
      { name: 'postgres', total: 400 },
      { name: 'redis', total: -1 },
      { name: 'postgres', total: 900 },
      'nonsense',
    ];
    expect(effectivePolicy([record(policyName, { limits })])).toMatchObject({
      limits: [{ name: 'postgres', total: 400 }],
      paused: 'None',
    });
  });
});
