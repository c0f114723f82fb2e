import { describe, expect, test } from 'vitest';
import type { Demand } from '../../src/simulate/call-graph.ts';
import { elasticSpeedup, measureElasticity } from '../../src/simulate/elasticity.ts';
import { judgeOutcome } from '../../src/simulate/outcome.ts';
import type { SimulatedService } from '../../src/simulate/service.ts';

const shop: SimulatedService = {
  name: 'shop',
  capacityPerReplica: 10,
  p95Milliseconds: 200,
  entryPoint: true,
  calls: [],
  ownPerSecond: 0,
  startSeconds: { least: 30, most: 50 },
};
/** 20 a second, and 60 in the second minute. */
const demandAt = (t: number) => (t >= 60_000 && t < 120_000 ? 60 : 20);
const demand: Demand = { services: ['shop'], at: (_, t) => demandAt(t), mean: (_, t) => demandAt(t) };
const input = { services: [shop], demand, from: 0, until: 180_000 };

describe('the outcome of a run', () => {
  test('counts the seconds over the objective and the hours of ready replicas', () => {
    const outcome = judgeOutcome({ ...input, ready: { shop: [{ t: 0, value: 7 }] } });
    expect(outcome.secondsOverObjective).toBe(0);
    expect(outcome.replicaHours).toBeCloseTo((7 * 3) / 60);
    expect(outcome.services[0]).toMatchObject({ peakNeed: 6, peakReady: 7, secondsShort: 0 });
  });

  test('a run that stays at two is over for as long as the surge and its backlog last', () => {
    const outcome = judgeOutcome({ ...input, ready: { shop: [{ t: 0, value: 3 }] } });
    expect(outcome.secondsOverObjective).toBeGreaterThanOrEqual(60);
    expect(outcome.secondsOverObjective).toBeLessThan(90);
    expect(outcome.lostPercent).toBeGreaterThan(0);
    expect(outcome.services[0]?.secondsShort).toBe(60);
  });

  test('a second counts once, however many services are over in it', () => {
    const twin = { ...shop, name: 'twin' };
    const both = judgeOutcome({
      ...input,
      services: [shop, twin],
      ready: { shop: [{ t: 0, value: 1 }], twin: [{ t: 0, value: 1 }] },
    });
    expect(both.secondsOverObjective).toBe(180);
    expect(both.services.map(service => service.secondsOverObjective)).toEqual([180, 180]);
  });

  test('nothing ready at all is over, and has no worst answer', () => {
    const outcome = judgeOutcome({ ...input, ready: {} });
    expect(outcome.secondsOverObjective).toBe(180);
    expect(outcome.services[0]?.worstP95Milliseconds).toBeUndefined();
  });
});

describe('elasticity', () => {
  test('is the mean shortage and excess relative to the need, and the time in each', () => {
    expect(
      measureElasticity([
        { need: 10, ready: 5 },
        { need: 10, ready: 10 },
        { need: 4, ready: 6 },
        { need: 4, ready: 4 },
      ]),
    ).toEqual({ underPercent: 12.5, overPercent: 12.5, shortTimePercent: 25, overTimePercent: 25 });
  });

  test('compares by the geometric mean, each measure floored', () => {
    const own = { underPercent: 0, overPercent: 20, shortTimePercent: 1, overTimePercent: 50 };
    const other = { underPercent: 1, overPercent: 10, shortTimePercent: 16, overTimePercent: 50 };
    expect(elasticSpeedup(own, other)).toBeCloseTo((100 * 0.5 * 16 * 1) ** 0.25);
  });
});
