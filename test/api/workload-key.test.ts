import { expect, test } from 'vitest';
import { workloadKey } from '../../src/api/workload-key.ts';

test.each([
  [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' }, true],
  [{ apiVersion: 'apps/v1beta2', kind: 'Deployment', name: 'checkout' }, true],
  [{ apiVersion: 'extensions/v1', kind: 'Deployment', name: 'checkout' }, false],
  [{ apiVersion: 'v1', kind: 'Deployment', name: 'checkout' }, false],
  [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'checkout' }, false],
  [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' }, false],
])('that scales %j scales Deployment checkout of apps/v1: %s', (ref, same) => {
  const checkout = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' };
  expect(workloadKey(ref) === workloadKey(checkout)).toBe(same);
});
