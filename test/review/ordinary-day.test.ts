import { describe, expect, test } from 'vitest';
import type { Forecast } from '../../forecasts/index.ts';
import { ordinaryDay } from '../../src/review/ordinary-day.ts';

const start = Date.parse('2026-11-25T00:00:00Z');
const service = {
  capacity: 45,
  headroomRatio: 1.2,
  minReplicas: 4,
  maxReplicas: 40,
  ceiling: 60,
  leadSeconds: 180,
  tickSeconds: 15,
};

/** Ordinary load, and from 20:00 on five times as much within a minute, for two hours. */
const jump = (minute: number) => (minute >= 1200 && minute < 1320 ? 750 : 150);
const dayOf = (demand: (minute: number) => number | null) =>
  Array.from({ length: 1440 }, (_, minute) => demand(minute));

/** A forecast whose P95 is `times` the demand. */
function forecastOf(demand: (minute: number) => number, times = 1): Forecast {
  const point = dayOf(demand) as number[];
  return {
    start,
    stepSeconds: 60,
    model: 'made-up',
    point,
    quantiles: [0.5, 0.95].map(level => ({ level, values: point.map(value => value * (level === 0.5 ? 1 : times)) })),
  };
}

const simulate = (forecast: Forecast, demand: (minute: number) => number | null = jump, changes = {}) =>
  ordinaryDay(forecast, { start, stepSeconds: 60, values: dayOf(demand) }, { ...service, ...changes });

describe('a simulated day', () => {
  test('whose peak was forecast is short for no second, and the HPA alone for minutes, which costs some replica-hours', () => {
    const day = simulate(forecastOf(jump));
    expect(day.secondsShort).toBe(0);
    expect(day.secondsShortAlone).toBeGreaterThan(180);
    expect(day.replicaHours).toBeGreaterThan(day.replicaHoursAlone);
    // What is raised is up for the lead time, the ticks and the steps before the peak: some minutes of 16 replicas.
    expect(day.replicaHours - day.replicaHoursAlone).toBeLessThan(16 * 0.5);
    expect(day.secondsMeasured).toBe(86_400);
  });

  test('whose forecast is too low is that of the HPA alone: no floor is below what it asks for', () => {
    const day = simulate(forecastOf(jump, 0.01));
    expect([day.replicaHours, day.secondsShort]).toEqual([day.replicaHoursAlone, day.secondsShortAlone]);
  });

  test('without a peak saves and costs nothing', () => {
    const day = simulate(
      forecastOf(() => 150),
      () => 150,
    );
    expect(day.replicaHours).toBeCloseTo(day.replicaHoursAlone, 6);
    expect([day.secondsShort, day.secondsShortAlone]).toEqual([0, 0]);
  });

  test('raises no floor above the ceiling', () => {
    const day = simulate(forecastOf(jump, 100), jump, { ceiling: 10 });
    expect(day.replicaHours).toBeLessThanOrEqual(day.replicaHoursAlone + 24 * 10);
  });

  test('counts what was measured', () => {
    const day = simulate(forecastOf(jump), minute => (minute < 720 ? null : jump(minute)));
    expect(day.secondsMeasured).toBe(43_200);
  });
});
