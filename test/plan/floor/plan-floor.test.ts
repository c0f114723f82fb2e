import { expect, test } from 'vitest';
import type { Forecast } from '../../../forecasts/index.ts';
import type { DemandObservation } from '../../../src/observe/observation.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const saleStart = Date.parse('2026-11-27T19:00:00Z');
const minuteMs = 60_000;

/** A sale of two hours with a peak after 20 minutes and another after 90; 10 requests/s per replica, P95 = 1.2 × the median. */
function minReplicasAt(
  now: string,
  peaks: readonly [first: number, second: number],
  floor: number,
  {
    policy = {},
    demand = {},
  }: { policy?: Readonly<Record<string, unknown>>; demand?: Partial<DemandObservation> } = {},
): number | undefined {
  const given: Given = {
    now,
    policy,
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
    targets: {
      gateway: {
        spec: { entryPoint: true },
        adds: { drop: 0 },
        demand,
        metadata: { finalizers: ['headstart.dev/restore'] },
        hpa: { minReplicas: floor, maxReplicas: 60, floor, floorMax: 60 },
      },
    },
  };
  const observation = observationOf(given);
  const forecasts = Object.fromEntries(
    Object.entries(forecastsOf(given, observation)).map(([window, targets]) => [
      window,
      Object.fromEntries(
        Object.entries(targets).map(([name, forecast]) => [
          name,
          'missing' in forecast ? forecast : { ...forecast, base: twoPeaked(forecast.base, peaks) },
        ]),
      ),
    ]),
  );
  return planObservation(observation, forecasts).targets[0]?.bounds.minReplicas;
}

function twoPeaked(flat: Forecast, [first, second]: readonly [number, number]): Forecast {
  const demandAt = (step: number) => {
    const minute = (flat.start - saleStart) / minuteMs + step;
    return Math.max(50, first - 4 * Math.abs(minute - 20), second - 4 * Math.abs(minute - 90));
  };
  const point = flat.point.map((_, step) => demandAt(step));
  const ratioOf = (values: readonly number[]) => (values[0] ?? 0) / (flat.point[0] ?? 1);
  const quantiles = flat.quantiles.map(({ level, values }) => ({
    level,
    values: point.map(value => value * ratioOf(values)),
  }));
  return { ...flat, point, quantiles };
}

test.each([
  ['holds before either peak', '2026-11-27T19:05:00Z', [100, 150], 18, 18],
  ['holds between them while the higher one is to come', '2026-11-27T20:00:00Z', [100, 150], 18, 18],
  ['sinks between them to what the lower one needs that is to come', '2026-11-27T20:00:00Z', [150, 100], 18, 12],
  ['is raised between them to what the one to come needs', '2026-11-27T20:00:00Z', [100, 150], 12, 18],
  ['sinks to the rest after both', '2026-11-27T20:50:00Z', [100, 150], 18, 9],
] as const)('the floor of a sale with two peaks %s', (_, now, peaks, live, expected) => {
  expect(minReplicasAt(now, peaks, live)).toBe(expected);
});

test('the floor sinks by percent of the most that the sale needed, not of what is left of it', () => {
  const policy = { rampDown: { percentPerMinute: 30 } };
  expect(minReplicasAt('2026-11-27T20:50:00Z', [150, 100], 15, { policy })).toBe(10);
});

test('the floor sinks by percent of the most that its cap gave the sale, however much more it needed', () => {
  const policy = { rampDown: { percentPerMinute: 30 }, maxReplicasPerTarget: 10 };
  expect(minReplicasAt('2026-11-27T20:50:00Z', [150, 100], 10, { policy })).toBe(7);
});

const lateMinutes = (minutes: number) => Date.parse('2026-11-27T20:50:00Z') - minutes * minuteMs;
test.each<[string, Partial<DemandObservation>, number]>([
  ['sinks on samples that have settled up to the newest', { settledUntil: lateMinutes(1) }, 9],
  ['sinks on those of a source that is known to be so late', { settledUntil: lateMinutes(9), latenessSeconds: 480 }, 9],
  ['is held where none has settled for longer than that', { settledUntil: lateMinutes(9), latenessSeconds: 120 }, 18],
  ['is held where none has settled and nothing is known', { settledUntil: lateMinutes(9) }, 18],
])('the floor of a sale past its peaks %s', (_, demand, expected) => {
  expect(minReplicasAt('2026-11-27T20:50:00Z', [100, 150], 18, { demand })).toBe(expected);
});
