import { median } from 'simple-statistics';
import { acceptNamespace } from '../../src/plan/accept/accept-namespace.ts';
import { currentSales } from '../../src/plan/accept/current-sales.ts';
import type { DemandForecasts } from '../../src/plan/demand/demand-forecasts.ts';
import { namespaceFloors } from '../../src/plan/floor/namespace-floors.ts';
import { planNamespace } from '../../src/plan/plan-namespace.ts';
import type { BenchmarkResult, RunBenchmark } from '../support/bench/benchmark.ts';
import { forecastsOf, type Given, observationOf } from '../support/shop/planned-namespace.ts';

/**
 * What a plan costs once all forecasts are there: accepting, floors and conditions of every target anew, as after every
 * target's demand has moved. A reference loop in the same run, sorting 100,000 numbers, tells how fast the machine is.
 */
export const run: RunBenchmark = async (): Promise<BenchmarkResult> => {
  const reference = medianMs(sortNumbers);
  const small = measure(shopOf({ targets: 200, sales: 50 }));
  const large = measure(shopOf({ targets: 1000, sales: 50 }));
  const moreSales = measure(shopOf({ targets: 200, sales: 250 }));
  const remembered = measure({ ...shopOf({ targets: 200, sales: 50 }), salePlans: pastPlans(400) });
  return {
    settings: [
      'every thirteenth target is an entry point that calls the next twelve; sales begin an hour apart from now on',
      'the median of 15 plans of the current sales, after 5 that do not count',
    ],
    tables: [
      {
        title: 'A plan',
        figures: [
          { measure: 'the reference loop: ms', value: reference },
          { measure: '200 targets, 50 sales: ms', value: small, must: 5 },
          { measure: '1,000 targets, 50 sales: ms', value: large, must: 25 },
          { measure: '200 targets, 50 sales, in reference loops', value: small / reference },
          { measure: '1,000 targets, 50 sales, in reference loops', value: large / reference },
          { measure: 'exponent over targets, 200 to 1,000', value: Math.log(large / small) / Math.log(5), must: 1.1 },
          { measure: 'exponent over sales, 50 to 250', value: Math.log(moreSales / small) / Math.log(5), must: 1.1 },
          { measure: 'with 400 past SalePlans, as a multiple', value: remembered / small, must: 1.1 },
        ],
      },
    ],
    skipped: [],
  };
};

const now = Date.parse('2026-11-27T18:58:00Z');
const hour = 3_600_000;

function shopOf({ targets, sales }: { readonly targets: number; readonly sales: number }): Given {
  const name = (index: number) => `t${String(index).padStart(4, '0')}`;
  const called = (entry: number) =>
    Array.from({ length: 12 }, (_, index) => entry + 1 + index).filter(index => index < targets);
  return {
    now: new Date(now).toISOString(),
    sales: Array.from({ length: sales }, (_, index) => ({
      name: `sale-${index}`,
      startTime: new Date(now + 120_000 + index * hour).toISOString(),
      endTime: new Date(now + 120_000 + (index + 2) * hour).toISOString(),
      expectedPeakPercent: 400,
    })),
    targets: Object.fromEntries(
      Array.from({ length: targets }, (_, index) => {
        const isEntry = index % 13 === 0;
        const calls = called(index).map(other => ({ target: name(other), perThousandRequests: 500 }));
        return [name(index), { forecast: 30, spec: isEntry ? { entryPoint: true, calls } : {} }];
      }),
    ),
  };
}

/** SalePlans of sales that are over, one a week back. */
function pastPlans(count: number): NonNullable<Given['salePlans']> {
  return Array.from({ length: count }, (_, index) => {
    const start = now - (index + 1) * 168 * hour;
    return {
      sale: {
        name: `past-${index}`,
        startTime: new Date(start).toISOString(),
        endTime: new Date(start + hour).toISOString(),
      },
    };
  });
}

function measure(given: Given): number {
  const observation = observationOf(given);
  const accepted = acceptNamespace(observation);
  const current = currentSales(accepted, observation);
  const forecasts: DemandForecasts = forecastsOf(given, observation);
  return medianMs(() =>
    planNamespace(namespaceFloors({ observation, accepted: acceptNamespace(observation), forecasts, only: current })),
  );
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: 20 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return median(times.slice(5));
}

function sortNumbers(): number | undefined {
  let state = 1;
  const numbers = Float64Array.from({ length: 100_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  });
  return numbers.sort()[0];
}
