import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CapacityHour } from '../../../src/api/learned/capacity-hour.ts';
import { estimateCapacity } from '../../../src/learn/capacity/estimate-capacity.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const hour = (daysAgo: number, shown: Partial<CapacityHour>): CapacityHour => ({
  at: new Date(now - daysAgo * 86_400_000).toISOString(),
  workload: 'cart',
  revision: '7',
  ...shown,
});
const known = (hours: readonly CapacityHour[]) => {
  const estimate = estimateCapacity(hours, now);
  if (estimate?.kind !== 'Known') throw new Error('the capacity is not known');
  return estimate;
};

describe('the capacity of a replica', () => {
  test('is unknown without an hour', () => {
    expect(estimateCapacity([], now)).toBeUndefined();
  });

  test('is a lower bound, however many hours held', () => {
    const hours = [20, 22, 31, 30].map((heldAt, day) => hour(day, { heldAt }));
    expect(estimateCapacity(hours, now)).toEqual({ kind: 'AtLeast', perReplica: 31 });
  });

  test.each([{ heldAt: 0, brokeAt: 5 }, { brokeAt: 0 }, { brokeAt: -5 }, { heldAt: -5 }])(
    'is not learned from an hour that no service has: %o',
    shown => {
      const hours = [1, 2, 3].map(day => hour(day, { heldAt: 28, brokeAt: 32 }));
      expect(estimateCapacity([hour(0, shown)], now)).toBeUndefined();
      expect(estimateCapacity([...hours, hour(0, shown)], now)).toEqual(estimateCapacity(hours, now));
    },
  );

  test('lies between where the objective held and where it broke', () => {
    const { perReplica, low, high } = known([1, 2, 3].map(day => hour(day, { heldAt: 28, brokeAt: 32 })));
    expect(perReplica).toBeGreaterThan(27);
    expect(perReplica).toBeLessThan(33);
    expect(low).toBeLessThan(perReplica);
    expect(high).toBeGreaterThan(perReplica);
  });

  test('is surer the more hours agree', () => {
    const width = (count: number) => {
      const { low, high } = known(Array.from({ length: count }, (_, day) => hour(day, { heldAt: 28, brokeAt: 32 })));
      return high / low;
    };
    expect(width(6)).toBeLessThan(width(1));
  });

  test('follows what a new template shows, not the old one', () => {
    const old = [9, 10, 11, 12, 13].map(day => hour(day, { heldAt: 28, brokeAt: 32, revision: '6' }));
    const fresh = [1, 2, 3].map(day => hour(day, { heldAt: 55 }));
    expect(known([...old, ...fresh]).perReplica).toBeGreaterThan(45);
    expect(known(old).perReplica).toBeLessThan(33);
  });

  test('of a new template that serves less lies within its range, however much was seen of the old one', () => {
    const old = [9, 10, 11, 12, 13, 14].map(day => hour(day, { heldAt: 38, brokeAt: 42, revision: '6' }));
    const fresh = [1, 2, 3].map(day => hour(day, { heldAt: 29, brokeAt: 31 }));
    const { low, high, perReplica } = known([...old, ...fresh]);
    expect(low).toBeLessThan(30);
    expect(high).toBeGreaterThan(30);
    expect(perReplica).toBeLessThan(32);
  });

  test('is less sure after a deploy, in both directions', () => {
    const hours = [3, 4, 5, 6].map(day => hour(day, { heldAt: 28, brokeAt: 32 }));
    const [before, after] = [known(hours), known([...hours, hour(1, { heldAt: 9, revision: '8' })])];
    expect(after.low).toBeLessThan(0.85 * before.low);
    expect(after.high).toBeGreaterThan(1.15 * before.high);
    expect(after.perReplica / before.perReplica).toBeCloseTo(1, 1);
  });

  test('does not follow one misleading hour among many', () => {
    const good = [1, 2, 3, 4, 5, 6].map(day => hour(day, { heldAt: 38, brokeAt: 42 }));
    expect(known([...good, hour(7, { heldAt: 4, brokeAt: 5 })]).perReplica).toBeGreaterThan(36);
  });

  test('is ordered and finite, whatever was seen', () => {
    const rate = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    const shown = fc.record(
      { heldAt: rate, brokeAt: rate, revision: fc.constantFrom('1', '2', '3') },
      { requiredKeys: ['revision'] },
    );
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 20 }), list => {
        const estimate = estimateCapacity(
          list.map((one, day) => hour(day, one)),
          now,
        );
        if (estimate?.kind !== 'Known') return;
        expect(estimate.low).toBeGreaterThan(0);
        expect(estimate.low).toBeLessThanOrEqual(estimate.perReplica);
        expect(estimate.perReplica).toBeLessThanOrEqual(estimate.high);
        expect(Number.isFinite(estimate.high)).toBe(true);
      }),
    );
  });
});
