import fc from 'fast-check';
import { formatInstant } from '../../src/api/instant.ts';
import type { GivenSale } from '../support/shop/given-sales.ts';
import type { Given, GivenTarget } from '../support/shop/planned-namespace.ts';

const minuteMs = 60_000;
/** A Friday evening; sales and `now` lie around it. */
export const evening = Date.parse('2026-11-27T19:00:00Z');

const names = ['gateway', 'storefront', 'checkout', 'payments'] as const;

/** Minutes from the evening on, negative = before. */
export const minutes = (min: number, max: number) => fc.integer({ min, max }).map(n => evening + n * minuteMs);

const sale = (name: string): fc.Arbitrary<GivenSale> =>
  fc
    .record({
      start: minutes(-120, 120),
      lengthMinutes: fc.integer({ min: 10, max: 240 }),
      expectedPeakPercent: fc.integer({ min: 100, max: 3000 }),
      minPeakPercent: fc.option(fc.integer({ min: 100, max: 3000 }), { nil: undefined, freq: 3 }),
      entryPoints: fc.constantFrom(['gateway'], ['storefront'], ['payments'], undefined),
      mode: fc.constantFrom('Apply', 'Apply', 'Apply', 'ForecastOnly'),
    })
    .map(({ start, lengthMinutes, entryPoints, minPeakPercent, ...spec }) => ({
      name,
      startTime: formatInstant(start),
      endTime: formatInstant(start + lengthMinutes * minuteMs),
      ...(entryPoints === undefined ? {} : { entryPoints }),
      ...(minPeakPercent === undefined ? {} : { minPeakPercent }),
      ...spec,
    }));

/** A use of a limit by one of its two units. */
const use = (limit: string, per: 'perReplica' | 'perThousandRequests') =>
  fc.integer({ min: 0, max: per === 'perReplica' ? 20 : 2000 }).map(units => ({ limit, [per]: units }));

/** Each target calls only later ones: no circles. */
const target = (index: number): fc.Arbitrary<GivenTarget> =>
  fc
    .record({
      forecast: fc.integer({ min: 1, max: 200 }),
      mode: fc.constantFrom('Apply', 'Apply', 'Apply', 'ForecastOnly'),
      tier: fc.constantFrom('Critical', 'Standard', 'Background'),
      minReplicas: fc.integer({ min: 1, max: 8 }),
      room: fc.integer({ min: 0, max: 20 }),
      ceiling: fc.integer({ min: 30, max: 300 }),
      headroomPercent: fc.integer({ min: 0, max: 60 }),
      leadTimeSeconds: fc.integer({ min: 0, max: 600 }),
      ordinaryPeaks: fc.boolean(),
      pastSales: fc.integer({ min: 0, max: 4 }),
      adds: fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined }),
      calls: fc.subarray(names.slice(index + 1)),
      perThousandRequests: fc.integer({ min: 0, max: 3000 }),
      maxSurge: fc.constantFrom(undefined, undefined, 1, '25%', '100%'),
      uses: fc
        .tuple(
          use('connections', 'perReplica'),
          fc.oneof(use('partner', 'perThousandRequests'), use('partner', 'perReplica')),
        )
        .chain(all => fc.subarray(all)),
      ageSeconds: fc.constantFrom(30, 30, 30, 4000),
    })
    .map(
      ({ forecast, minReplicas, room, pastSales, adds, calls, perThousandRequests, maxSurge, ageSeconds, ...spec }) => {
        const baseline = { minReplicas, maxReplicas: minReplicas + room };
        return {
          forecast,
          pastSales,
          ...(adds === undefined ? {} : { adds: { one: adds, two: adds } }),
          demand: { ageSeconds },
          hpa: baseline,
          ...(maxSurge === undefined ? {} : { workload: { maxSurge } }),
          spec: {
            ...spec,
            baseline,
            entryPoint: index === 0,
            calls: calls.map(name => ({ target: name, perThousandRequests })),
          },
        };
      },
    );

const limit = (name: string, max: number) => fc.integer({ min: 0, max }).map(total => ({ name, total }));

/** A small marketplace with up to three sales, at any time before, in or after them, with nothing raised yet. */
export const namespaces: fc.Arbitrary<Given> = fc
  .record({
    now: minutes(-180, 400).map(formatInstant),
    sales: fc
      .tuple(sale('one'), sale('two'), sale('three'))
      .chain(sales => fc.subarray(sales))
      .map(sales => [...sales]),
    targets: fc
      .tuple(target(0), target(1), target(2), target(3))
      .map(list => Object.fromEntries(list.map((one, index) => [names[index] ?? '', one]))),
    policy: fc.record(
      {
        maxReplicasPerTarget: fc.integer({ min: 5, max: 200 }),
        maxTotalReplicas: fc.integer({ min: 20, max: 400 }),
        limits: fc.tuple(limit('connections', 4000), limit('partner', 4000)).chain(all => fc.subarray(all)),
      },
      { requiredKeys: [] },
    ),
  })
  .map(given => given);
