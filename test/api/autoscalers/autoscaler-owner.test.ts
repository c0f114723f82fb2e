import { describe, expect, test } from 'vitest';
import { autoscalerOwner, describeOwned } from '../../../src/api/autoscalers/autoscaler-owner.ts';

const owner = (apiVersion: string, kind: string, name = 'gateway') => ({ apiVersion, kind, name });
const scaledObject = owner('keda.sh/v1alpha1', 'ScaledObject');

describe('the autoscaler that owns an HPA', () => {
  test.each([
    ['KEDA', scaledObject],
    ['Datadog', owner('datadoghq.com/v1alpha2', 'DatadogPodAutoscaler')],
    ["Datadog's older controller", owner('datadoghq.com/v1alpha1', 'WatermarkPodAutoscaler')],
    ['a Tortoise', owner('autoscaling.mercari.com/v1beta3', 'Tortoise')],
    ['Knative', owner('autoscaling.internal.knative.dev/v1alpha1', 'PodAutoscaler')],
    ['Crane', owner('autoscaling.crane.io/v1alpha1', 'EffectiveHorizontalPodAutoscaler')],
    ['KServe', owner('serving.kserve.io/v1beta1', 'InferenceService')],
    ['Flagger', owner('flagger.app/v1beta1', 'Canary')],
    ['Seldon', owner('machinelearning.seldon.io/v1', 'SeldonDeployment')],
    ['Kong', owner('gateway-operator.konghq.com/v1beta1', 'DataPlane')],
    ['one that nobody here has heard of, by its kind', owner('ops.example.com/v1', 'CronHPA')],
    ['one that nobody here has heard of, by its group', owner('autoscaling.example.com/v1', 'Plan')],
  ])('is found: %s', (_, reference) => {
    expect(autoscalerOwner({ ownerReferences: [{ ...reference, controller: true }] })).toEqual(reference);
    expect(autoscalerOwner({ ownerReferences: [reference] })).toEqual(reference);
  });

  test.each([
    ['no owner', {}],
    ['a Deployment, for garbage collection', { ownerReferences: [owner('apps/v1', 'Deployment')] }],
    [
      'an application of a platform',
      { ownerReferences: [{ ...owner('apps.example.com/v1', 'Application'), controller: true }] },
    ],
    ['our own kind', { ownerReferences: [owner('headstart.dev/v1alpha1', 'ScalingTarget')] }],
    [
      'a Tortoise that has let go',
      { annotations: { 'tortoise.autoscaling.mercari.com/managed-by-tortoise': 'false' } },
    ],
  ])('is none with %s', (_, metadata) => {
    expect(autoscalerOwner(metadata)).toBeUndefined();
  });

  test('is the controller where several own it', () => {
    const other = owner('autoscaling.mercari.com/v1beta3', 'Tortoise');
    expect(autoscalerOwner({ ownerReferences: [other, { ...scaledObject, controller: true }] })).toEqual(scaledObject);
  });

  test('is the Tortoise that marks an HPA it did not create', () => {
    const name = { 'tortoise.autoscaling.mercari.com/tortoise-name': 'gateway' };
    const managed = { 'tortoise.autoscaling.mercari.com/managed-by-tortoise': 'true' };
    expect(autoscalerOwner({ annotations: name })).toMatchObject({ kind: 'Tortoise', name: 'gateway' });
    expect(autoscalerOwner({ annotations: managed })).toMatchObject({ kind: 'Tortoise', name: '' });
  });
});

describe('the sentence about an owned HPA', () => {
  test('says which right is missing to raise a ScaledObject, and what to do without it', () => {
    expect(describeOwned('keda-hpa-gateway', 'shop', scaledObject)).toBe(
      'HPA keda-hpa-gateway is made by ScaledObject shop/gateway, which cannot be read: let Headstart get, list, watch and patch scaledobjects of keda.sh, or raise its spec.minReplicaCount for the sale.',
    );
  });

  test.each([
    ['an unknown kind', owner('ops.example.com/v1', 'CronHPA'), /CronHPA shop\/gateway, .*: raise its minimum for/],
    [
      'an owner without a name',
      owner('autoscaling.mercari.com/v1beta3', 'Tortoise', ''),
      /owned by a Tortoise, .*Emergency/,
    ],
    [
      'a canary',
      owner('flagger.app/v1beta1', 'Canary'),
      /raise spec.minReplicas of the HPA that its spec.autoscalerRef/,
    ],
    ['a kind named as a known one', owner('example.com/v1', 'ScaledObject'), /raise its minimum for/],
  ])('holds for %s', (_, named, expected) => {
    expect(describeOwned('gateway', 'shop', named)).toMatch(expected);
  });
});
