import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '../../../src/api/instant.ts';
import { applyPlanned, calmDown, planOf } from '../../support/shop/apply-planned.ts';
import type { Given } from '../../support/shop/planned-namespace.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const minuteMs = 60_000;
const now = start + 40 * minuteMs;

/** Demand of the newest minutes, in requests per second, at one value. */
function demandOf(requestsPerSecond: number) {
  return { recent: { start: now - 600_000, stepSeconds: 60, values: new Array<number>(10).fill(requestsPerSecond) } };
}

const drop = {
  name: 'drop',
  startTime: formatInstant(start),
  endTime: '2026-11-27T21:00:00Z',
  expectedPeakPercent: 800,
};

/** A shop 40 minutes into a sale that it is raised for, with this much demand and stock. */
function shopWith(requestsPerSecond: number, stock: readonly (number | null)[], more: Partial<Given> = {}): Given {
  const raised = { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 };
  return {
    now: formatInstant(now),
    policy: { stockSource: { source: 'shop', query: 'stock{sale=$sale}' } },
    stock: { drop: [...new Array<number>(40 - stock.length).fill(500), ...stock] },
    sales: [drop],
    targets: {
      gateway: { forecast: 30, hpa: raised, demand: demandOf(requestsPerSecond), spec: { entryPoint: true } },
    },
    ...more,
  };
}

function minimumOf(given: Given): number | undefined {
  const { gateway } = applyPlanned(given, planOf(given).plan).targets;
  return typeof gateway?.hpa === 'object' ? gateway.hpa.minReplicas : undefined;
}

describe('a sale that is sold out', () => {
  test.each<[string, Given, number]>([
    ['goes down to the demand that is left, though its peak is ahead', shopWith(90, [0, 0]), 9],
    ['is not lowered before', shopWith(90, [3, 0]), 29],
    ['is raised above its forecast for people who try again', shopWith(400, [0, 0]), 40],
    ['keeps the baseline', shopWith(1, [0, 0]), 4],
    ['keeps nothing of its minPeakPercent', shopWith(90, [0, 0], { sales: [{ ...drop, minPeakPercent: 900 }] }), 9],
  ])('%s', (_, given, minimum) => {
    expect(minimumOf(given)).toBe(minimum);
  });

  test('never goes below what demand still needs, nor above the forecast where demand is lower', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), demand => {
        expect(minimumOf(shopWith(demand, [0, 0]))).toBe(Math.max(4, Math.ceil(demand / 10)));
      }),
      { numRuns: 20, seed: 20_261_130 },
    );
  });
});

type Change = (given: Given) => Given;

function edit(change: object): Change {
  return given => ({ ...given, sales: (given.sales ?? []).map(sale => ({ ...sale, ...change })) });
}

/** What may happen to a running sale; sold out is always among them, so that no hold of an earlier floor is left. */
const changes: Readonly<Record<string, Change>> = {
  soldOut: given => ({ ...given, stock: { drop: [...new Array<number>(37).fill(500), 0, 0, 0] } }),
  extended: edit({ endTime: '2026-11-27T23:00:00Z' }),
  endedEarly: edit({ endTime: '2026-11-27T19:30:00Z' }),
  cancelled: edit({ cancelled: true }),
  deleted: edit({
    metadata: { deletionTimestamp: '2026-11-27T19:39:00Z', finalizers: ['example.com/audit'] },
  }),
};

describe('sold out, extended, ended early, cancelled and deleted', () => {
  test('leave the same minimum in any order, whether or not there were ticks between', () => {
    const order = fc
      .subarray(Object.keys(changes).filter(name => name !== 'soldOut'))
      .chain(others => fc.shuffledSubarray(['soldOut', ...others], { minLength: others.length + 1 }));
    fc.assert(
      fc.property(
        order,
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        fc.integer({ min: 0, max: 300 }),
        (names, ticks, demand) => {
          // An end and an extension write the same field: the later edit counts, in both.
          const edits = names.filter(name => name !== 'endedEarly' || !names.includes('extended'));
          const apply = (given: Given, name: string) => changes[name]?.(given) ?? given;
          const tick = (given: Given) => calmDown(applyPlanned(given, planOf(given).plan));
          const before = shopWith(demand, [500]);
          const stepwise = edits.reduce(
            (given, name, nth) => (ticks[nth] === true ? tick(apply(given, name)) : apply(given, name)),
            before,
          );
          const atOnce = edits.toSorted().reduce(apply, before);
          expect(minimumOf(tick(tick(stepwise)))).toBe(minimumOf(tick(tick(atOnce))));
        },
      ),
      { numRuns: 25, seed: 20_261_130 },
    );
  });

  test('sold out, more, and sold out again leave the minimum of the newest samples', () => {
    const stocks = fc.array(fc.constantFrom([0, 0], [0, 5], [7, 7]), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(stocks, fc.integer({ min: 0, max: 280 }), (list, demand) => {
        const tick = (given: Given) => calmDown(applyPlanned(given, planOf(given).plan));
        const last = shopWith(demand, list.at(-1) ?? []);
        const played = list.reduce(
          (given, stock) => tick({ ...shopWith(demand, stock), targets: given.targets }),
          last,
        );
        expect(minimumOf(played)).toBe(minimumOf(last));
      }),
      { numRuns: 20, seed: 20_261_130 },
    );
  });
});
