import { expect, test } from 'vitest';
import type { CapacityHour } from '../../../src/api/learned/capacity-hour.ts';
import { keepCapacityHours } from '../../../src/learn/capacity/keep-capacity-hours.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const hour = (hoursAgo: number, shown: Partial<CapacityHour>): CapacityHour => ({
  at: new Date(now - hoursAgo * 3_600_000).toISOString(),
  workload: 'cart',
  ...shown,
});
const keep = (stored: readonly CapacityHour[], seen: readonly CapacityHour[] = []) =>
  keepCapacityHours(stored, seen, { workload: 'cart', now });

test('keeps an overload, whatever ordinary hours come after it, and the highest of those', () => {
  const broke = hour(500, { heldAt: 28, brokeAt: 32 });
  const ordinary = Array.from({ length: 40 }, (_, index) => hour(100 - index, { heldAt: 10 + (index % 10) }));
  const kept = keep([broke], ordinary);
  expect(kept).toHaveLength(20);
  expect(kept[0]).toEqual(broke);
  expect(Math.min(...kept.slice(1).map(({ heldAt }) => heldAt ?? 0))).toBeGreaterThanOrEqual(15);
});

test('keeps the newest twelve overloads', () => {
  const broken = Array.from({ length: 15 }, (_, index) => hour(100 - index, { heldAt: 28, brokeAt: 32 }));
  expect(keep(broken)).toEqual(broken.slice(-12));
});

test('drops hours of another workload, of half a year ago, and those to come by a clock that was set back', () => {
  const own = hour(5, { heldAt: 20 });
  expect(keep([{ ...own, workload: 'old' }, hour(24 * 181, { heldAt: 9 }), hour(-3, { heldAt: 9 }), own])).toEqual([
    own,
  ]);
});

test('keeps the newest hour, however little it served, so that a deploy since the others is seen', () => {
  const higher = Array.from({ length: 30 }, (_, index) => hour(100 - index, { heldAt: 50 + index, revision: '1' }));
  const newest = hour(1, { heldAt: 2, revision: '2' });
  expect(keep(higher, [newest]).at(-1)).toEqual(newest);
  expect(keep(higher, [newest])).toHaveLength(20);
});
