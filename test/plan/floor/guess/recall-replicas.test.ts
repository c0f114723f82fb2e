import { describe, expect, test } from 'vitest';
import { planObservation } from '../../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../../support/shop/planned-namespace.ts';

const window = { startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T22:00:00Z' };
const learned = [19, 20].map(hour => ({
  at: `2026-11-27T${hour}:00:00Z`,
  workload: 'gateway',
  heldAt: '28',
  brokeAt: '31',
}));

/** A sale that has passed its peak, whose floor of 26 replicas was a guess; its demand needs a few. */
function given(changes: Partial<Given> & { readonly guessed?: object; readonly spec?: object } = {}): Given {
  const { guessed = { gateway: 26 }, spec, ...rest } = changes;
  return {
    now: '2026-11-27T21:45:00Z',
    sales: [{ name: 'drop', ...window, expectedPeakPercent: 800 }],
    salePlans: [
      {
        sale: { name: 'drop', ...window },
        prescaleTime: '2026-11-27T18:55:00Z',
        targets: { gateway: [['2026-11-27T18:55:00Z', 31, 47]] },
        guessed: guessed as Record<string, number>,
      },
    ],
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true, capacityPerReplica: null, ...spec },
        metadata: { finalizers: ['headstart.dev/restore'] },
        hpa: { minReplicas: 31, maxReplicas: 47, floor: 31, floorMax: 47 },
        status: { capacityHours: learned },
      },
    },
    ...rest,
  };
}

function floorOf(one: Given, change: (observation: ReturnType<typeof observationOf>) => object = () => ({})): number {
  const observation = observationOf(one);
  const forecasts = forecastsOf(one, observation);
  const [planned] = planObservation({ ...observation, ...change(observation) }, forecasts).targets;
  return planned?.bounds.minReplicas ?? 0;
}

describe('a guess that has begun, once the capacity is learned', () => {
  test('is the least to the end of the sale, and not what was planned above it since', () => {
    expect(floorOf(given())).toBe(26);
  });

  test('is the least of a sale that is sold out, too', () => {
    const policy = { stockSource: { source: 'shop', query: 'sum(stock{sale=$sale})' } };
    const stock = { drop: [500, 200, 40, 0, 0, 0] };
    expect(floorOf(given({ policy, stock }))).toBe(26);
  });

  test('is none where the plan was made by a capacity', () => {
    expect(floorOf(given({ guessed: {} }))).toBeLessThan(8);
  });

  test('is none where a person states the capacity', () => {
    expect(floorOf(given({ spec: { capacityPerReplica: '28' } }))).toBeLessThan(8);
  });

  test('is the highest step where the plan has no room for its reasons', () => {
    const inShort = ({ salePlans }: ReturnType<typeof observationOf>) => ({
      salePlans: salePlans.map(record => {
        const plan = record.status?.plan;
        if (plan === undefined) return expect.unreachable();
        const furtherTargets = [{ target: 'gateway', minReplicas: 31, maxReplicas: 47 }];
        return { ...record, status: { ...record.status, plan: { ...plan, targets: [], furtherTargets } } };
      }),
    });
    expect(floorOf(given(), inShort)).toBe(31);
  });

  test('is none before the sale is due', () => {
    const due = given();
    const hours = learned.map(hour => ({ ...hour, at: hour.at.replace('11-27', '11-26') }));
    const { hpa: _, ...gateway } = { ...due.targets.gateway, status: { capacityHours: hours } };
    const early = { ...due, now: '2026-11-27T12:00:00Z', targets: { gateway } };
    const observation = observationOf(early);
    const [sale] = planObservation(observation, forecastsOf(early, observation)).sales;
    const rules = sale?.targets.flatMap(({ because }) => because.map(({ rule }) => rule));
    expect(rules).toContain('forecast');
    expect(rules).not.toContain('guess');
  });
});
