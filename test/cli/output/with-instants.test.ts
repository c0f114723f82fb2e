import { expect, test } from 'vitest';
import { withInstants } from '../../../src/cli/output/with-instants.ts';

const at = Date.parse('2026-11-27T20:00:00Z');

test('instants are printed as RFC 3339 at any depth, and other numbers as they are', () => {
  const value = { now: at, sales: [{ start: at, gone: { since: at, heldUntil: at + 30_000 } }], extraReplicas: 67 };
  expect(withInstants(value)).toEqual({
    now: '2026-11-27T20:00:00Z',
    sales: [
      {
        start: '2026-11-27T20:00:00Z',
        gone: { since: '2026-11-27T20:00:00Z', heldUntil: '2026-11-27T20:00:30Z' },
      },
    ],
    extraReplicas: 67,
  });
});

test('what is an instant already, and what is absent, stays so', () => {
  expect(withInstants({ start: '2026-11-27T20:00:00Z', end: undefined })).toEqual({ start: '2026-11-27T20:00:00Z' });
});

test('a map is printed with its entries', () => {
  expect(withInstants({ curves: new Map([['gateway', { start: at }]]) })).toEqual({
    curves: { gateway: { start: '2026-11-27T20:00:00Z' } },
  });
});
