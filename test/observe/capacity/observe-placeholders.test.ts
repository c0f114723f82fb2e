import { expect, test } from 'vitest';
import { observePlaceholders } from '../../../src/observe/capacity/observe-placeholders.ts';
import { findPods } from '../../../src/observe/capacity/observe-pods.ts';
import { observeWorkload } from '../../../src/observe/workloads/observe-workload.ts';
import { observationOf } from '../../support/shop/planned-namespace.ts';

function deployment(
  name: string,
  labels: Record<string, string> = {},
  podLabels: Record<string, string> = { room: name },
) {
  return observeWorkload({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, uid: `uid-${name}`, labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: { room: name } },
      template: {
        metadata: { labels: podLabels },
        spec: { priorityClassName: 'low', containers: [{ name: 'pause' }] },
      },
    },
  });
}

const label = { 'headstart.dev/placeholder-for': 'checkout' };
const scaled = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' };
const { targets } = observationOf({
  now: '2026-11-27T18:00:00Z',
  targets: { checkout: { workload: { selector: 'app=checkout' } } },
});

function seen(workloads: readonly ReturnType<typeof deployment>[]) {
  return observePlaceholders({
    workloads,
    autoscalers: [{ scales: scaled }],
    served: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' }],
    targets,
    podsOf: findPods([{ labels: { room: 'ours' }, readySince: 5, priority: -10 }], 0),
  });
}

test('the labelled Deployments are seen, with their pods, and no others', () => {
  const all = seen([deployment('ours', label), deployment('other'), deployment('second', label)]);
  expect(all.map(({ name }) => name)).toEqual(['ours', 'second']);
  expect(all[0]).toMatchObject({
    target: 'checkout',
    replicas: 3,
    priorityClassName: 'low',
    pods: { readySince: [5], priority: -10 },
  });
});

test.each([
  ['checkout', {}, 'a ScalingTarget names it as its workload'],
  ['scaled', {}, 'an HPA scales it'],
  ['ours', { app: 'checkout', room: 'ours' }, 'the selector of checkout finds its pods too'],
])('%s with pods %j is more than a placeholder', (name, podLabels, conflict) => {
  expect(seen([deployment(name, label, podLabels)])[0]?.conflict).toBe(conflict);
});
