import { describe, expect, test } from 'vitest';
import { calibrateReplica, emptyQueue, steadyP95, stepQueue, waitShape } from '../../src/simulate/queueing.ts';

describe('the wait of eight workers', () => {
  // Exact M/M/8 by Erlang C: mean wait ÷ service time = C(8, 8ρ) ÷ (8 (1 − ρ)), C = 0.0590, 0.2706, 0.4576, 0.7015.
  test.each([
    { utilization: 0.5, exact: 0.059 / 4 },
    { utilization: 0.7, exact: 0.2706 / 2.4 },
    { utilization: 0.8, exact: 0.4576 / 1.6 },
    { utilization: 0.9, exact: 0.7015 / 0.8 },
  ])('is near the exact one at ρ = $utilization', ({ utilization, exact }) => {
    expect(Math.abs(waitShape(utilization) - exact)).toBeLessThan(0.03);
  });
});

describe('a calibrated replica', () => {
  test.each([
    { capacityPerReplica: 60, p95Milliseconds: 200 },
    { capacityPerReplica: 4.5, p95Milliseconds: 500 },
    { capacityPerReplica: 2000, p95Milliseconds: 50 },
    { capacityPerReplica: 0.2, p95Milliseconds: 800 },
  ])('answers $capacityPerReplica requests per second within exactly $p95Milliseconds ms', stated => {
    const replica = calibrateReplica(stated);
    expect(steadyP95(replica, stated.capacityPerReplica) * 1000).toBeCloseTo(stated.p95Milliseconds, 3);
    expect(steadyP95(replica, 0.7 * stated.capacityPerReplica) * 1000).toBeLessThan(stated.p95Milliseconds * 0.6);
    expect(steadyP95(replica, replica.saturation)).toBe(Number.POSITIVE_INFINITY);
    expect(replica.saturation).toBeCloseTo(stated.capacityPerReplica / 0.8);
  });
});

describe('a queue', () => {
  const replica = { saturation: 100, idleSeconds: 0.1, waitSeconds: 0.2 };

  test('keeps what cannot be served, and works it off when replicas come', () => {
    const flooded = stepQueue(emptyQueue, { replica, ready: 1 }, { perSecond: 150, seconds: 1 });
    expect(flooded.state.backlog).toBeCloseTo(50);
    const relieved = stepQueue(flooded.state, { replica, ready: 2 }, { perSecond: 150, seconds: 1 });
    expect(relieved.state.backlog).toBeCloseTo(0);
    expect(relieved.servedPerSecond).toBeCloseTo(200);
  });

  test('answers later by the time the backlog takes', () => {
    const calm = stepQueue(emptyQueue, { replica, ready: 1 }, { perSecond: 50, seconds: 1 });
    const after = stepQueue({ backlog: 200 }, { replica, ready: 1 }, { perSecond: 50, seconds: 1 });
    expect(after.p95Seconds - calm.p95Seconds).toBeCloseTo((200 + 150) / 2 / 100, 3);
  });

  test('loses those who waited ten seconds', () => {
    const step = stepQueue({ backlog: 1000 }, { replica, ready: 1 }, { perSecond: 300, seconds: 1 });
    expect(step).toMatchObject({ state: { backlog: 1000 }, lost: 200 });
  });

  test('without any replica answers never', () => {
    expect(stepQueue(emptyQueue, { replica, ready: 0 }, { perSecond: 5, seconds: 1 }).p95Seconds).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
