import { expect, test } from 'vitest';
import { maxSurgeOf, podsInRollout } from '../../../src/api/limits/rollout-surge.ts';

test.each([
  ['Deployment', { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%' } }, '50%'],
  ['Deployment', { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2 } }, 2],
  ['Deployment', { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0 } }, 0],
  ['Deployment', { type: 'Recreate' }, undefined],
  ['Deployment', {}, '25%'],
  ['Deployment', undefined, '25%'],
  ['StatefulSet', { type: 'RollingUpdate' }, undefined],
])('a rollout of a %s with strategy %o adds %s', (kind, strategy, expected) => {
  expect(maxSurgeOf(kind, strategy)).toBe(expected);
});

test.each([
  [10, '25%', 13],
  [12, '25%', 15],
  [10, 2, 12],
  [10, undefined, 10],
  [10, '100%', 20],
  [10, 'nonsense', 10],
])('%i replicas with a surge of %s are at most %i pods', (replicas, maxSurge, pods) => {
  expect(podsInRollout(replicas, maxSurge)).toBe(pods);
});
