import { expect, test } from 'vitest';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { isSaleKnown, isSaleNear } from '../../../src/observe/capacity/sale-is-near.ts';

const plan = { prescaleTime: '2026-11-27T18:50:00Z', endTime: '2026-11-27T21:00:00Z' };
const spec = { endTime: '2026-11-27T22:00:00Z' };
const planned = (status: object | undefined, sale: object = {}) =>
  [{ spec: { sale: { spec, ...sale } }, status }] as unknown as readonly SalePlan[];

test.each<[string, object | undefined, string, boolean]>([
  ['an hour before the raise', { plan }, '2026-11-27T17:50:00Z', true],
  ['earlier', { plan }, '2026-11-27T17:49:59Z', false],
  ['while it runs', { plan }, '2026-11-27T20:59:59Z', true],
  ['once it is over', { plan }, '2026-11-27T21:00:00Z', false],
  ['once it is reviewed', { plan, review: {} }, '2026-11-27T20:00:00Z', false],
  ['before it is planned', {}, '2026-11-27T20:00:00Z', false],
  ['before anything is said', undefined, '2026-11-27T20:00:00Z', false],
])('a sale is near, or not, %s', (_, status, now, isNear) => {
  expect(isSaleNear(planned(status), Date.parse(now))).toBe(isNear);
});

test.each<[string, object | undefined, string, boolean]>([
  ['weeks before', { plan }, '2026-11-01T00:00:00Z', true],
  ['once it is over', { plan }, '2026-11-27T21:00:00Z', false],
  ['before it is planned', {}, '2026-11-27T21:59:59Z', true],
  ['before anything is said', undefined, '2026-11-01T00:00:00Z', true],
  ['once it is over and never planned', {}, '2026-11-27T22:00:00Z', false],
  ['once it is reviewed', { plan, review: {} }, '2026-11-27T20:00:00Z', false],
])('a sale is known, or not, %s', (_, status, now, isKnown) => {
  expect(isSaleKnown(planned(status), Date.parse(now))).toBe(isKnown);
});

test('a date of a series that is not planned yet is known until it ends, not until the first does', () => {
  const occurrence = { startTime: '2026-12-04T19:00:00Z', endTime: '2026-12-04T22:00:00Z' };
  expect(isSaleKnown(planned({}, { occurrence }), Date.parse('2026-12-04T21:00:00Z'))).toBe(true);
  expect(isSaleKnown(planned({}, { occurrence }), Date.parse('2026-12-04T22:00:00Z'))).toBe(false);
});
