import { expect, test } from 'vitest';
import { planOf } from '../support/shop/apply-planned.ts';

const next = (now: string, objective: Readonly<Record<string, unknown>>) =>
  new Date(planOf({ now, targets: { gateway: { spec: { objective } } } }).plan.next).toISOString();
const query = { p95Milliseconds: 500, query: 'p95' };

test.each([
  ['2026-11-27T12:05:00Z', '2026-11-27T12:10:00.000Z'],
  ['2026-11-27T12:10:00Z', '2026-11-27T13:10:00.000Z'],
  ['2026-11-27T12:59:59Z', '2026-11-27T13:10:00.000Z'],
])('a target whose answer times are read is looked at ten minutes after each hour: after %s at %s', (now, at) => {
  expect(next(now, query)).toBe(at);
});

test('a target without that query waits for the next fit', () => {
  expect(next('2026-11-27T12:30:00Z', { p95Milliseconds: 500 })).toBe('2026-11-27T18:10:00.000Z');
});

test.each([
  ['opens', '2026-11-27T12:58:00Z', '2026-11-27T13:00:00.000Z'],
  ['closes', '2026-11-27T16:11:50Z', '2026-11-27T16:12:00.000Z'],
])('the operator looks when a freeze window %s: after %s at %s', (_, now, at) => {
  const given = {
    now,
    sales: [{ name: 'drop', startTime: '2026-11-27T15:00:00Z', endTime: '2026-11-27T16:00:00Z' }],
    policy: { freeze: { beforeSeconds: 7200, afterSeconds: 720 } },
    targets: { gateway: { spec: { entryPoint: true } } },
  };
  expect(new Date(planOf(given).plan.next).toISOString()).toBe(at);
});
