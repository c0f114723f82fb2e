import { describe, expect, test } from 'vitest';
import { refuseAdoption } from '../../../src/cli/adopt/refuse-adoption.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

type Autoscaler = Parameters<typeof refuseAdoption>[0]['hpa'];
type Parts = { readonly metadata?: object; readonly spec?: object };

const hpa = ({ metadata, spec }: Parts = {}): Autoscaler => ({
  metadata: { name: 'checkout-hpa', namespace: 'marketplace', ...metadata },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
    minReplicas: 4,
    maxReplicas: 20,
    ...spec,
  },
});
const refuse = (parts: Parts, targets: Parameters<typeof refuseAdoption>[0]['targets'] = []) =>
  refuseAdoption({ hpa: hpa(parts), targets, name: 'checkout' });

describe('an HPA is not adopted', () => {
  test.each<[string, Parts, string]>([
    [
      'that a ScaledObject owns',
      {
        metadata: {
          ownerReferences: [
            { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'checkout', uid: 'u', controller: true },
          ],
        },
      },
      'HPA checkout-hpa is made by ScaledObject marketplace/checkout, whose bounds Headstart raises instead: write a ScalingTarget',
    ],
    [
      'whose minimum is 0',
      { spec: { minReplicas: 0 } },
      'HPA checkout-hpa has minReplicas: 0, and the baseline of a ScalingTarget begins at 1',
    ],
    [
      'that is being deleted',
      { metadata: { deletionTimestamp: '2026-11-27T19:00:00Z' } },
      'HPA checkout-hpa is being deleted',
    ],
    [
      'that we have raised',
      { metadata: { annotations: { 'headstart.dev/floor': '4' } } },
      'HPA checkout-hpa is raised by Headstart to 4..20, which is no baseline',
    ],
    [
      'whose maximum is not restored yet',
      { metadata: { annotations: { 'headstart.dev/floor-max': '20' } } },
      'HPA checkout-hpa is raised by Headstart',
    ],
    [
      'that does not say what it scales',
      { spec: { scaleTargetRef: { kind: 'Deployment', name: 'checkout' } } },
      'HPA checkout-hpa has no apiVersion in spec.scaleTargetRef',
    ],
  ])('%s', (_, parts, sentence) => {
    expect(refuse(parts)?.startsWith(sentence)).toBe(true);
  });

  test.each<[string, object, string]>([
    [
      'whose workload has a ScalingTarget, under any name',
      { metadata: { name: 'till', namespace: 'marketplace' } },
      'ScalingTarget marketplace/till scales Deployment checkout already: edit that one.',
    ],
    [
      'whose workload has one that is only partly readable',
      { spec: { ...scalingTarget({}).spec, capacityPerReplica: 'many' } },
      'ScalingTarget marketplace/checkout scales Deployment checkout already: edit that one.',
    ],
    [
      'if that overwrote the ScalingTarget of another workload',
      scalingTarget({ workloadRef: { kind: 'StatefulSet', name: 'checkout' } }),
      'ScalingTarget marketplace/checkout is there for another workload and would be overwritten: choose another name with --name.',
    ],
  ])('%s', (_, fields, sentence) => {
    expect(refuse({}, [{ ...scalingTarget({}), ...fields }])).toBe(sentence);
  });
});

describe('an HPA is adopted', () => {
  test('beside targets of other workloads, and with an owner that is no autoscaler', () => {
    const other = { ...scalingTarget({ workloadRef: { name: 'search' } }), metadata: { name: 'search' } };
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout', uid: 'u' }];
    expect(refuse({ metadata: { ownerReferences } }, [other])).toBeUndefined();
  });
});
