import { expect, test } from 'vitest';
import { restoreFinalizer } from '../../src/api/group.ts';
import { readFlashSale, readScalingTarget } from '../../src/observe/read-object.ts';
import { flashSale, scalingTarget } from '../support/shop/kinds.ts';

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

/** A value that no field has. */
function odd(field: string): unknown {
  return ['saleType', 'audienceGroup'].includes(field) ? { odd: true } : 'no such value';
}

const optional = {
  FlashSale: `hold discountPercent audience categories saleType audienceGroup stock
    similarTo entryPoints fieldOfTomorrow`.split(/\s+/),
  ScalingTarget: `objective tier headroomPercent leadTimeSeconds warmUpSeconds rampUp entryPoint calls ordinaryPeaks
    emergency fieldOfTomorrow`.split(/\s+/),
};

test.each([...optional.FlashSale])('a sale whose %s cannot be read is read as without it, which is told', field => {
  expect(readFlashSale(flashSale({ [field]: odd(field) }))).toEqual({
    ...readFlashSale(flashSale({})),
    leftOut: expect.stringMatching(new RegExp(`^spec\\.${field}.*Left out; all else is served\\.$`)),
  });
});

test.each([...optional.ScalingTarget])('so is a target whose %s cannot be read', field => {
  expect(readScalingTarget(scalingTarget({ [field]: odd(field) }))).toEqual({
    ...readScalingTarget(scalingTarget({})),
    leftOut: expect.stringMatching(new RegExp(`^spec\\.${field}.*Left out; all else is served\\.$`)),
  });
});

test('a target whose pause cannot be read lowers nothing', () => {
  expect(readScalingTarget(scalingTarget({ paused: 'Everything' }))).toMatchObject({
    value: { spec: { paused: 'Down' } },
    leftOut: expect.stringContaining('spec.paused'),
  });
});

test.each(['mode', 'timeZone', 'recurrence', 'cancelled', 'startTime', 'expectedPeakPercent'])(
  'a sale is refused whose %s cannot be read',
  field => {
    expect(readFlashSale(flashSale({ [field]: odd(field) }))).toMatchObject({
      unreadable: { field: `spec.${field}` },
    });
  },
);

test.each(['mode', 'uses', 'ceiling', 'capacityPerReplica'])('so is a target whose %s cannot be read', field => {
  expect(readScalingTarget(scalingTarget({ [field]: odd(field) }))).toMatchObject({
    unreadable: { field: `spec.${field}` },
  });
});
