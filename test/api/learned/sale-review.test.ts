import { expect, test } from 'vitest';
import { encodeSalePlanStatus, parseSalePlan } from '../../../src/api/sale-plan.ts';

const plan = (review: unknown) => ({
  apiVersion: 'headstart.dev/v1alpha1',
  kind: 'SalePlan',
  metadata: { name: 'black-friday-20261127t1900z', namespace: 'shop' },
  spec: {
    sale: {
      name: 'black-friday',
      uid: 'uid-1',
      spec: { startTime: '2026-11-27T20:00:00+01:00', endTime: '2026-11-27T22:00:00+01:00', timeZone: 'Europe/Berlin' },
    },
  },
  status: { review },
});

test.each([
  ['made on a day that does not exist', { reviewedAt: '2026-02-30T10:00:00Z', targets: [] }],
  ['of another type', 'good'],
])('the SalePlan of a past sale is read although its review is damaged: %s', (_, review) => {
  const { spec, status } = parseSalePlan(plan(review));
  expect(spec.sale.name).toBe('black-friday');
  expect(status?.review).toBeUndefined();
});

test('a review that can be read is kept', () => {
  const review = { reviewedAt: '2026-11-28T10:00:00Z', targets: [] };
  const { status } = parseSalePlan(plan(review));
  expect(encodeSalePlanStatus({ ...status })).toEqual({ review });
});
