import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floorsOf } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';
import { namespaces } from '../arbitrary-namespace.ts';

const settings = { numRuns: 60, seed: 20_261_127 };

/** The floor of each target while it is due; 0 without one. */
function dueFloors(given: Given): ReadonlyMap<string, number> {
  const observation = observationOf(given);
  const { desiredFloors } = floorsOf(observation, forecastsOf(given, observation));
  return new Map(desiredFloors.map(({ name, floor }) => [name, floor?.replicas ?? 0]));
}

const asking = (given: Given, minPeakPercent: number | undefined): Given => ({
  ...given,
  sales: given.sales?.map(({ minPeakPercent: _, ...sale }) => ({
    ...sale,
    ...(minPeakPercent === undefined ? {} : { minPeakPercent }),
  })) as NonNullable<Given['sales']>,
});

test('a least peak lowers no floor, and a higher one raises none less', () => {
  const percents = fc.tuple(fc.integer({ min: 100, max: 5000 }), fc.integer({ min: 100, max: 5000 }));
  fc.assert(
    fc.property(namespaces, percents, (given, pair) => {
      const [less, more] = [Math.min(...pair), Math.max(...pair)];
      const [without, low, high] = [undefined, less, more].map(percent => dueFloors(asking(given, percent)));
      for (const [name, floor] of without ?? []) {
        expect(low?.get(name)).toBeGreaterThanOrEqual(floor);
        expect(high?.get(name)).toBeGreaterThanOrEqual(low?.get(name) ?? 0);
      }
    }),
    settings,
  );
});

test('at an entry point it is that multiple of the P50 without any sale, whatever is forecast', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 100, max: 3000 }), (forecast, minPeakPercent) => {
      const floors = dueFloors({
        now: '2026-11-27T18:59:00Z',
        sales: [
          {
            name: 'drop',
            startTime: '2026-11-27T19:00:00Z',
            endTime: '2026-11-27T21:00:00Z',
            expectedPeakPercent: 100,
            minPeakPercent,
          },
        ],
        targets: { gateway: { forecast, spec: { entryPoint: true, ceiling: 100_000 } } },
      });
      expect(floors.get('gateway')).toBeGreaterThanOrEqual(Math.ceil((forecast * minPeakPercent) / 1000 - 1e-9));
    }),
    settings,
  );
});
