import { expect, test } from 'vitest';
import { neededRights, rightKey } from '../../../src/api/autoscalers/needed-rights.ts';

const records = [
  'list autoscaling/horizontalpodautoscalers',
  'patch headstart.dev/scalingtargets',
  'patch headstart.dev/scalingtargets/status',
];
const ref = (kind: string, apiVersion = 'apps/v1') => ({ spec: { workloadRef: { apiVersion, kind, name: 'a' } } });

test.each([
  ['an HPA', ref('Deployment'), [{}], ['patch autoscaling/horizontalpodautoscalers']],
  ['a ScaledObject', ref('Deployment'), [{ objectKind: 'ScaledObject' as const }], ['patch keda.sh/scaledobjects']],
  ['nothing but itself', ref('StatefulSet'), [], ['list apps/statefulsets', 'patch apps/statefulsets/scale']],
  ['nothing, as a kind of others', ref('Rollout', 'argoproj.io/v1alpha1'), [], []],
  ['nothing, as a kind of others with a known name', ref('Deployment', 'shop.example/v1'), [], []],
])('a workload that is scaled by %s takes its own rights', (_title, target, autoscalers, expected) => {
  expect(neededRights({ target, autoscalers }).map(rightKey)).toEqual([...records, ...expected]);
});
