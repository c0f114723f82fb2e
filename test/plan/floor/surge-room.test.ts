import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scaler } from '../../../src/plan/accept/scaler.ts';
import { planBounds } from '../../../src/plan/bounds/plan-bounds.ts';
import type { SharedLimit } from '../../../src/plan/floor/replicas/shared-limit.ts';
import { type RoomInput, surgeRoomSteps, surgeRooms } from '../../../src/plan/floor/surge-room.ts';
import { scalerAt, targetSpec } from '../../support/shop/made-up-scaler.ts';

function limitOf(total: number, uses: Readonly<Record<string, number>>, name = 'postgres'): SharedLimit {
  const users = Object.entries(uses).map(([target, each]) => ({
    target,
    per: 'Replica' as const,
    units: (replicas: number) => replicas * each,
  }));
  return { name, total, users };
}

/** A target of 4..20 replicas under a cap of 240. */
function input(name: string, floor: number | undefined, scaler?: Scaler, spec: object = {}): RoomInput {
  return { name, spec: targetSpec(spec), cap: 240, floor, scaler };
}

function roomsOf(inputs: readonly RoomInput[], limits: readonly SharedLimit[]) {
  return Object.fromEntries([...surgeRooms(inputs, limits, 50)].map(([name, { replicas }]) => [name, replicas]));
}

describe('surgeRooms', () => {
  const ours = scalerAt(30, 80, { floor: 30, floorMax: 80 });

  test.each<[string, number, readonly RoomInput[], Record<string, number>]>([
    ['binds nobody while all maximums fit', 90, [input('a', 30), input('b', 30)], {}],
    ['shares what the floors leave', 70, [input('a', 30), input('b', 30)], { a: 35, b: 35 }],
    ['leaves none where the floors take all', 60, [input('a', 30), input('b', 30)], { a: 30, b: 30 }],
    [
      'counts who is not raised at its maximum',
      70,
      [input('a', 30), input('b', undefined, scalerAt(4, 30))],
      { a: 40 },
    ],
    [
      'counts who has no HPA at its floor',
      60,
      [input('a', 30), input('b', 25, { ...scalerAt(9, 9), kind: 'Workload' })],
      { a: 35 },
    ],
    ['counts a higher maximum of another writer', 100, [input('a', 30), input('b', 30, scalerAt(30, 60))], { a: 40 }],
    ['keeps a live maximum only with what is left then', 110, [input('a', 30, ours), input('b', 30)], { a: 65 }],
    [
      'serves the critical first',
      70,
      [input('a', 30, undefined, { tier: 'Critical' }), input('b', 30)],
      { a: 40, b: 30 },
    ],
    ['stays at the baseline, which the floors leave less than', 30, [input('a', 15), input('b', 15)], { a: 20, b: 20 }],
  ])('%s', (_, total, inputs, expected) => {
    expect(roomsOf(inputs, [limitOf(total, { a: 1, b: 1 })])).toEqual(expected);
  });

  test('takes the least of several limits', () => {
    const limits = [limitOf(40, { a: 1 }), limitOf(35, { a: 1 }, 'redis')];
    expect(surgeRooms([input('a', 30)], limits, 50).get('a')).toMatchObject({ replicas: 35, limit: { name: 'redis' } });
  });

  test('is the same once its maximums are written, and never lets them exceed the limit beyond what is kept', () => {
    const one = fc.record({
      floor: fc.option(fc.integer({ min: 5, max: 100 }), { nil: undefined }),
      live: fc.integer({ min: 20, max: 200 }),
      each: fc.integer({ min: 1, max: 10 }),
      tier: fc.constantFrom('Critical', 'Standard', 'Background'),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 3000 }), (all, total) => {
        const limit = limitOf(total, Object.fromEntries(all.map(({ each }, index) => [`t${index}`, each])));
        const written = (maximums: readonly number[]) => {
          const inputs = all.map(({ floor, tier }, index) => {
            const max = maximums[index] ?? 0;
            const scaler = floor === undefined ? scalerAt(4, 20) : scalerAt(floor, max, { floor, floorMax: max });
            return input(`t${index}`, floor, scaler, { tier });
          });
          const rooms = surgeRooms(inputs, [limit], 50);
          return inputs.map(({ name, spec, cap, floor, scaler }) =>
            planBounds({
              floor,
              spec: targetSpec(spec),
              cap,
              surgeRoomPercent: 50,
              room: rooms.get(name)?.replicas,
              scaler,
            }),
          );
        };
        const once = written(all.map(({ floor, live }) => Math.max(floor ?? 0, live)));
        const maximums = once.map(({ maxReplicas }) => maxReplicas);
        expect(written(maximums).map(({ maxReplicas }) => maxReplicas)).toEqual(maximums);
        const used = (replicas: readonly number[]) =>
          replicas.reduce((sum, n, index) => sum + n * (all[index]?.each ?? 0), 0);
        const kept = once.map(({ minReplicas }) => Math.max(20, minReplicas));
        expect(used(maximums)).toBeLessThanOrEqual(Math.max(total, used(kept)));
      }),
      { numRuns: 200, seed: 20_261_130 },
    );
  });
});

test.each([
  [{ replicas: 35, wanted: 45, isBaseline: false }, 35, ['limit postgres of 400 leaves maxReplicas 35 of 45']],
  [
    { replicas: 20, wanted: 20, isBaseline: true },
    20,
    ["limit postgres of 400 leaves no surge room: maxReplicas stays 20, the baseline's"],
  ],
  [{ replicas: 35, wanted: 45, isBaseline: false }, 45, []],
  [undefined, 45, []],
])('a room of %o says at a maximum of %i: %o', (room, maxReplicas, messages) => {
  const steps = surgeRoomSteps(room === undefined ? room : { ...room, limit: limitOf(400, { a: 1 }) }, maxReplicas);
  expect(steps.map(({ message }) => message)).toEqual(messages);
});
