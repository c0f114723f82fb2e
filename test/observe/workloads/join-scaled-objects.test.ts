import { describe, expect, test } from 'vitest';
import { joinScaledObjects } from '../../../src/observe/workloads/join-scaled-objects.ts';
import { observeAutoscaler, observeScaledObject } from '../../../src/observe/workloads/observe-autoscaler.ts';

const owner = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'gateway', uid: 'u1', controller: true };

const scaled = (more: { readonly annotations?: Record<string, string>; readonly spec?: object } = {}) =>
  observeScaledObject({
    metadata: { name: 'gateway', uid: 'u1', resourceVersion: '1', annotations: more.annotations ?? {} },
    spec: { scaleTargetRef: { name: 'gateway' }, ...more.spec },
  });
const hpa = (name: string, annotations: Record<string, string> = {}, owned = true) =>
  observeAutoscaler({
    metadata: { name, uid: `uid-${name}`, annotations, ...(owned ? { ownerReferences: [owner] } : {}) },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' },
      minReplicas: 4,
      maxReplicas: 20,
    },
    status: { currentReplicas: 7, desiredReplicas: 9, conditions: [] },
  });
/** An HPA whose annotations KEDA wrote, and nobody else. */
const copied = observeAutoscaler({
  metadata: {
    name: 'keda-hpa-gateway',
    uid: 'uid-copy',
    annotations: { 'headstart.dev/floor': '29' },
    ownerReferences: [owner],
    managedFields: [
      {
        manager: 'keda',
        operation: 'Update',
        apiVersion: 'autoscaling/v2',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:metadata': { 'f:annotations': { 'f:headstart.dev/floor': {} } } },
        time: '2026-11-27T18:55:00Z',
      },
    ],
  },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' },
    minReplicas: 29,
    maxReplicas: 44,
  },
});
const namesOf = (...given: Parameters<typeof joinScaledObjects>) =>
  joinScaledObjects(...given).map(({ observation: { objectKind = 'HPA', name } }) => `${objectKind} ${name}`);

describe('a ScaledObject', () => {
  test('stands in the place of its HPA, with the defaults of KEDA and the HPA’s replicas', () => {
    const [joined] = joinScaledObjects([hpa('keda-hpa-gateway')], [scaled()]);
    expect(joined?.scales).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' });
    expect(joined?.observation).toMatchObject({
      objectKind: 'ScaledObject',
      minReplicas: 0,
      maxReplicas: 100,
      currentReplicas: 7,
      desiredReplicas: 9,
    });
  });

  test.each<[string, Parameters<typeof joinScaledObjects>, string[]]>([
    ['in place of its HPA', [[hpa('keda-hpa-gateway')], [scaled()]], ['ScaledObject gateway']],
    [
      'beside its HPA that Headstart raised before',
      [[hpa('keda-hpa-gateway', { 'headstart.dev/floor': '4' })], [scaled()]],
      ['HPA keda-hpa-gateway', 'ScaledObject gateway'],
    ],
    [
      'in place of its HPA, to which KEDA has copied its annotations',
      [[copied], [scaled({ annotations: { 'headstart.dev/floor': '29' } })]],
      ['ScaledObject gateway'],
    ],
    ['beside an HPA of somebody else', [[hpa('own', {}, false)], [scaled()]], ['HPA own', 'ScaledObject gateway']],
    ['not while it is paused', [[], [scaled({ annotations: { 'autoscaling.keda.sh/paused': 'true' } })]], []],
    [
      'paused, while it is raised',
      [[], [scaled({ annotations: { 'autoscaling.keda.sh/paused': 'true', 'headstart.dev/floor': '30' } })]],
      ['ScaledObject gateway'],
    ],
    ['not where it cannot be read', [[hpa('keda-hpa-gateway')], []], ['HPA keda-hpa-gateway']],
  ])('is listed %s', (_, given, expected) => {
    expect(namesOf(...given)).toEqual(expected);
  });

  test.each<[string, Parameters<typeof scaled>[0], unknown]>([
    ['nothing', {}, undefined],
    ['a pause', { annotations: { 'autoscaling.keda.sh/paused': 'true' } }, 'Paused'],
    ['a pause that is over', { annotations: { 'autoscaling.keda.sh/paused': 'false' } }, undefined],
    ['a pause that is over, in another word', { annotations: { 'autoscaling.keda.sh/paused': 'F' } }, undefined],
    ['a pause in another word', { annotations: { 'autoscaling.keda.sh/paused': 'True' } }, 'Paused'],
    ['a pause without a word', { annotations: { 'autoscaling.keda.sh/paused': '' } }, 'Paused'],
    ['a number of replicas', { annotations: { 'autoscaling.keda.sh/paused-replicas': '0' } }, 'Pinned'],
    ['idle replicas', { spec: { idleReplicaCount: 0 } }, 'Idle'],
  ])('is kept from its bounds by %s', (_, more, expected) => {
    expect(scaled(more).observation.unfollowed).toBe(expected);
  });
});
