import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../support/kubernetes-object.ts';
import { copyPointers, ignoredPointers } from './ignore-rules.ts';

const bounds = ['/spec/minReplicas', '/spec/maxReplicas'];
const hpa = hpaOf({ minReplicas: 1, maxReplicas: 3 });

describe('what Argo CD takes from the live object', () => {
  test.each([
    ['what a rule for the kind names', {}, bounds],
    ['what a rule for the very object names', { name: 'checkout', namespace: 'shop' }, bounds],
    ['nothing by a rule for another kind', { kind: 'Deployment' }, []],
    ['nothing by a rule for another group', { group: 'apps' }, []],
    ['nothing by a rule for another name', { name: 'cart' }, []],
  ])('is %s', (_, rule, pointers) => {
    expect(ignoredPointers(hpa, applicationOf(rule))).toEqual(pointers);
  });

  test('is nothing without RespectIgnoreDifferences: a difference is then ignored in the comparison alone', () => {
    expect(ignoredPointers(hpa, applicationOf({}, []))).toEqual([]);
  });

  test('is refused where a rule names its fields in a way that is not played', () => {
    expect(() => ignoredPointers(hpa, applicationOf({ managedFieldsManagers: ['headstart'] }))).toThrow('jsonPointers');
  });
});

describe('the applied manifest', () => {
  test('has the live values at the pointers, and its own elsewhere', () => {
    const live = hpaOf({ minReplicas: 9, maxReplicas: 14 });
    expect(copyPointers(hpa, live, bounds)).toEqual(live);
    expect(copyPointers(hpa, live, ['/spec/minReplicas'])).toEqual(hpaOf({ minReplicas: 9, maxReplicas: 3 }));
  });

  test('gets a field that only the live object has, and loses one that it has not', () => {
    expect(copyPointers(hpaOf({ maxReplicas: 3 }), hpa, bounds)).toEqual(hpa);
    expect(copyPointers(hpa, hpaOf({ maxReplicas: 3 }), bounds)).toEqual(hpaOf({ maxReplicas: 3 }));
  });
});

function hpaOf(spec: Readonly<Record<string, number>>): KubernetesObject {
  const metadata = { name: 'checkout', namespace: 'shop' };
  return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec };
}

function applicationOf(rule: object, syncOptions = ['RespectIgnoreDifferences=true']): KubernetesObject {
  const ignored = { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', ...rule };
  const fields = 'managedFieldsManagers' in rule ? {} : { jsonPointers: bounds };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop' },
    spec: { ignoreDifferences: [{ ...ignored, ...fields }], syncPolicy: { syncOptions } },
  };
}
