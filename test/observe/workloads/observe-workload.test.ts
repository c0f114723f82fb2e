import { expect, test } from 'vitest';
import { observeWorkload } from '../../../src/observe/workloads/observe-workload.ts';

test('the revision of a pod template is an annotation of a Deployment, and in the status of a StatefulSet', () => {
  const deployment = { metadata: { annotations: { 'deployment.kubernetes.io/revision': '41' } } };
  expect(observeWorkload(deployment).revision).toBe('41');
  expect(observeWorkload({ status: { replicas: 1, updateRevision: 'db-7f9' } }).revision).toBe('db-7f9');
  expect(observeWorkload({})).not.toHaveProperty('revision');
});
