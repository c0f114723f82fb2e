import { expect, test } from 'vitest';
import { restoreFinalizer } from '../../src/api/group.ts';
import { readScalingTarget } from '../../src/observe/read-object.ts';
import { scalingTarget } from '../support/shop/kinds.ts';

const broken = (metadata: object, spec: object = { demand: 7 }) => {
  const { metadata: own, ...rest } = scalingTarget({ ...spec });
  return { ...rest, metadata: { ...own, uid: 'u1', ...metadata } };
};

test('a target that cannot be read is left out, as long as nothing of it is raised', () => {
  const read = readScalingTarget(broken({}));
  expect(read).toMatchObject({ unreadable: { kind: 'ScalingTarget', name: 'checkout' } });
  expect(read).not.toHaveProperty('salvaged');
});

test('one with our finalizer is read as far as its restore needs', () => {
  expect(readScalingTarget(broken({ finalizers: [restoreFinalizer] }))).toMatchObject({
    unreadable: { field: expect.stringContaining('demand') },
    salvaged: { spec: { workloadRef: { name: 'checkout' }, baseline: { minReplicas: 4, maxReplicas: 20 } } },
  });
});

test('where even its baseline is lost, what must be released is told', () => {
  const read = readScalingTarget(broken({ finalizers: [restoreFinalizer] }, { baseline: 7 }));
  expect(read).toMatchObject({ unreadable: { pendingRestore: { name: 'checkout', uid: 'u1' } } });
});
