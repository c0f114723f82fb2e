import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CapacityHour } from '../../../src/api/learned/capacity-hour.ts';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { capacityInUse } from '../../../src/learn/capacity/capacity-in-use.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const dayMs = 86_400_000;
const hour = (daysAgo: number, shown: object): object => ({
  at: new Date(now - daysAgo * dayMs).toISOString(),
  workload: 'cart',
  revision: '7',
  ...shown,
});
const broke = (daysAgo: number, revision = '7') => hour(daysAgo, { heldAt: '28', brokeAt: '31', revision });
const inUse = (capacityPerReplica: string | undefined, capacityHours: readonly object[], at = now) =>
  capacityInUse(
    parseScalingTarget({
      ...scalingTarget({ workloadRef: { name: 'cart' }, capacityPerReplica }),
      status: { capacityHours },
    }),
    at,
  );

describe('the capacity that demand is divided by', () => {
  test.each([
    ['is the stated one where less was learned', [broke(1), broke(2), broke(3)]],
    ['is the stated one where more was learned', [1, 2, 3].map(day => hour(day, { heldAt: '88', brokeAt: '91' }))],
    ['is the stated one where nothing was learned', []],
  ])('%s', (_, hours) => {
    expect(inUse('45', hours)).toEqual({ basis: 'Stated', perReplica: 45 });
  });

  test('is the low end of what was learned where nothing is stated', () => {
    const learned = inUse(undefined, [broke(1), broke(2), broke(3)]);
    expect(learned).toMatchObject({ basis: 'Learned', hours: 3 });
    expect(learned.perReplica).toBeGreaterThan(26);
    expect(learned.perReplica).toBeLessThan(29.5);
  });

  test.each<readonly [string, readonly object[]]>([
    ['nothing was learned', []],
    ['the objective never broke: a lower bound divides nothing', [1, 2, 3, 4].map(day => hour(day, { heldAt: '60' }))],
    ['it broke in one hour', [broke(1)]],
    ['hours contradict each other', [broke(1), hour(2, { heldAt: '60', brokeAt: '64' })]],
    ['a deploy came since, and shows nothing yet', [broke(1), broke(2), hour(0.1, { heldAt: '10', revision: '8' })]],
    ['all is of half a year ago', [broke(178), broke(179)]],
    ['all is of another workload', [broke(1), broke(2), broke(3)].map(one => ({ ...one, workload: 'old' }))],
  ])('is unknown where %s', (_, hours) => {
    expect(inUse(undefined, hours)).toEqual({ basis: 'Unknown' });
  });

  test('is the same at all instants of a day, so that a plan does not change from minute to minute', () => {
    const hours = [broke(1), broke(2)];
    const midnight = Math.floor(now / dayMs) * dayMs;
    expect(inUse(undefined, hours, midnight + dayMs - 1)).toEqual(inUse(undefined, hours, midnight));
  });
});

test('no hours make a stated capacity anything else, and none that only held are a divisor', () => {
  const rate = fc.double({ min: 0.1, max: 1000, noNaN: true });
  const shown = fc.record<CapacityHour>({
    at: fc.integer({ min: 0, max: 180 }).map(days => new Date(now - days * dayMs).toISOString()),
    workload: fc.constant('cart'),
    heldAt: rate,
  });
  fc.assert(
    fc.property(fc.array(shown, { maxLength: 20 }), rate, (hours, brokeAt) => {
      const { spec } = parseScalingTarget(scalingTarget({ workloadRef: { name: 'cart' } }));
      const { capacityPerReplica: _stated, ...unstated } = spec;
      const withBroken = { capacityHours: hours.map(one => ({ ...one, brokeAt })) };
      expect(capacityInUse({ spec: unstated, status: { capacityHours: hours } }, now).basis).toBe('Unknown');
      expect(capacityInUse({ spec, status: withBroken }, now)).toMatchObject({ basis: 'Stated', perReplica: 45 });
    }),
    { numRuns: 60, seed: 20_261_130 },
  );
});

describe('the capacity of a target while a sale is raised', () => {
  const begunAt = now - 4 * 3_600_000;
  const during = (capacityPerReplica: string | undefined, capacityHours: readonly object[]) =>
    capacityInUse(
      parseScalingTarget({
        ...scalingTarget({ workloadRef: { name: 'cart' }, capacityPerReplica }),
        status: { capacityHours },
      }),
      now,
      begunAt,
    );
  const at = (hoursAgo: number, heldAt: string, brokeAt: string) => hour(hoursAgo / 24, { heldAt, brokeAt });

  test('is no larger than before it', () => {
    const before = [broke(7), broke(14)];
    const higher = [at(3, '36', '39'), at(2, '36', '39')];
    expect(inUse(undefined, [...before, ...higher]).perReplica).toBeGreaterThan(29);
    expect(during(undefined, [...before, ...higher])).toEqual(capacityInUseAt(before, begunAt));
  });

  test('is smaller where the objective breaks earlier', () => {
    const hours = [broke(7), broke(14), at(3, '20', '23'), at(2, '20', '23')];
    expect(during(undefined, hours)).toEqual(inUse(undefined, hours));
  });

  test('is what was learned since, where nothing was known before: the guess is the least there', () => {
    const hours = [at(3, '28', '31'), at(2, '28', '31')];
    expect(during(undefined, hours)).toMatchObject({ basis: 'Learned', hours: 2 });
  });

  test('counts an hour that ended after the raise as learned since', () => {
    const hours = [broke(7), broke(14), at(4.5, '36', '39')];
    expect(during(undefined, hours)).toEqual(capacityInUseAt(hours.slice(0, 2), begunAt));
  });

  test('is the stated one all the same', () => {
    expect(during('45', [broke(7), broke(14)])).toEqual({ basis: 'Stated', perReplica: 45 });
  });

  const capacityInUseAt = (hours: readonly object[], instant: number) => inUse(undefined, hours, instant);
});
