import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../src/observe/observation.ts';
import { createMetrics } from '../../../src/operator/telemetry/metrics.ts';
import { NamespaceSeries } from '../../../src/operator/telemetry/namespace-series.ts';
import { isContested, targetSamples } from '../../../src/operator/telemetry/target-metrics.ts';
import type { Plan } from '../../../src/plan/plan.ts';

const now = Date.parse('2026-11-27T19:00:00Z');
const measured = { recent: { start: 0, stepSeconds: 60, values: [1, 40, null] }, ageSeconds: 30 };

interface Given {
  readonly demand?: unknown;
  readonly workload?: unknown;
  readonly expected?: { readonly forecast: number; readonly upper: number };
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  readonly reason?: string;
  /** Of the HPA: what we have raised it to. */
  readonly raisedTo?: number;
  readonly ordinaryPeaks?: boolean;
  readonly rooms?: Plan['rooms'];
  readonly sales?: readonly { readonly prescaleTime: number; readonly end: number; readonly target: string }[];
}

/** What /metrics says of the target `checkout`, by the metric's name without its prefix. */
function told(given: Given): Readonly<Record<string, number>> {
  const metrics = createMetrics();
  const { demand = measured, workload = { readyReplicas: 7, replicas: 9 }, raisedTo, sales = [] } = given;
  const plan = {
    now,
    namespace: 'shop',
    targets: [
      {
        target: 'checkout',
        bounds: { minReplicas: 4, maxReplicas: 20 },
        floor: 9,
        reason: given.reason ?? 'SaleRunning',
        conditions: given.conditions ?? [],
        ...(given.expected && { expected: given.expected }),
      },
    ],
    rooms: given.rooms,
    sales: sales.map(({ target, ...times }) => ({ ...times, targets: [{ target }] })),
  } as unknown as Plan;
  const hpa = { name: 'checkout', minReplicas: 4, maxReplicas: 20, currentReplicas: 4, otherWriters: [] };
  const spec = { ceiling: 60, ordinaryPeaks: given.ordinaryPeaks ?? false };
  const observation = {
    policy: { maxReplicasPerTarget: 50 },
    limits: { replicasPerTarget: 1000 },
    targets: [
      {
        target: { metadata: { name: 'checkout' }, spec },
        demand,
        workload,
        autoscalers: [{ ...hpa, ...(raisedTo === undefined ? {} : { floor: raisedTo }) }],
      },
    ],
  } as unknown as Observation;
  const samples = targetSamples(metrics, { observation, plan });
  expect(samples.every(({ labels }) => labels.namespace === 'shop' && labels.target === 'checkout')).toBe(true);
  const nameOf = (gauge: unknown) =>
    Object.entries(metrics).find(([, metric]) => metric === gauge)?.[0] ?? 'not a metric';
  return Object.fromEntries(
    samples.map(({ gauge, labels, value }) => [`${nameOf(gauge)}${'level' in labels ? labels.level : ''}`, value]),
  );
}

describe('what a target says', () => {
  test('is its demand beside its forecast, and neither once there is none', () => {
    expect(told({ expected: { forecast: 42, upper: 60 } })).toMatchObject({
      demand: 40,
      demandAgeSeconds: 30,
      'forecast0.5': 42,
      'forecast0.95': 60,
    });
    expect(Object.keys(told({ demand: { missing: 'no samples' } }))).toEqual([
      'floor',
      'minReplicas',
      'maxReplicas',
      'atCeiling',
      'demandAvailable',
      'ready',
      'ceiling',
    ]);
  });

  test('is its floor, what is ready of it, and the strictest cap', () => {
    expect(told({})).toMatchObject({ floor: 9, ready: 7, ceiling: 50 });
  });

  test('is the room that is asked for and the room that is there, of the Deployment that is used', () => {
    const room = { target: 'checkout', pods: 25 };
    const placeholder = { kind: 'Deployment' as const, name: 'a', uid: 'u', live: 3 };
    const beside = { ...room, ready: 0, placeholder, replicas: 0 };
    const asked = told({ rooms: [{ ...room, ready: 17, placeholder, replicas: 25 }, beside] });
    expect(asked).toMatchObject({ roomAsked: 25, roomReady: 17 });
    expect(told({ rooms: [{ ...room, ready: 2, placeholder }] })).toMatchObject({ roomAsked: 3, roomReady: 2 });
    expect(told({ rooms: [{ ...room, placeholder }] })).not.toHaveProperty('roomReady');
    expect(told({ rooms: [{ ...room, ready: 0 }] })).not.toHaveProperty('roomAsked');
  });

  test('counts a workload that is not there as nothing ready', () => {
    expect(told({ workload: { missing: 'Deployment checkout is not there' } })).toMatchObject({ ready: 0 });
  });

  test('follows its conditions', () => {
    expect(told({})).toMatchObject({ atCeiling: 0, demandAvailable: 0 });
    const conditions = ['AtCeiling', 'DemandAvailable'].map(type => ({ type, status: 'True' }));
    expect(told({ conditions })).toMatchObject({ atCeiling: 1, demandAvailable: 1 });
    expect(isContested({ conditions: [{ type: 'Contested', status: 'True', reason: 'PutBack', message: '' }] })).toBe(
      true,
    );
    expect(isContested({ conditions: [{ type: 'Contested', status: 'False', reason: 'Alone', message: '' }] })).toBe(
      false,
    );
  });
});

describe('until when a target is raised', () => {
  const sale = (minutes: number, target = 'checkout') => ({
    prescaleTime: now - 3_600_000,
    end: now + minutes * 60_000,
    target,
  });

  test('is the end of the last sale that raised it, also when that has passed', () => {
    expect(told({ raisedTo: 9, sales: [sale(-60), sale(-20), sale(50, 'cart')] }).raisedUntil).toBe(now / 1000 - 1200);
  });

  test('is not the end of a sale that is still ahead', () => {
    const ahead = { prescaleTime: now + 60_000, end: now + 3_600_000, target: 'checkout' };
    expect(told({ raisedTo: 9, sales: [sale(-20), ahead] }).raisedUntil).toBe(now / 1000 - 1200);
  });

  test('is 0 when nobody knows a sale that raised it', () => {
    expect(told({ raisedTo: 9 }).raisedUntil).toBe(0);
  });

  test.each([
    ['while nothing is raised', { sales: [sale(50)] }],
    ['while an ordinary peak holds it', { raisedTo: 9, reason: 'OrdinaryPeak', sales: [sale(-600)] }],
    ['where an ordinary peak may have raised it', { raisedTo: 9, reason: 'Restoring', ordinaryPeaks: true }],
  ])('is not told %s', (_, given) => {
    expect(told(given)).not.toHaveProperty('raisedUntil');
  });
});

test('samples that are set again leave none of the earlier ones', async () => {
  const metrics = createMetrics();
  const series = new NamespaceSeries();
  const labels = { namespace: 'shop', target: 'checkout' };
  series.set('shop', [{ gauge: metrics.floor, labels, value: 9 }]);
  expect(await metrics.registry.metrics()).toContain('headstart_floor_replicas{namespace="shop",target="checkout"} 9');
  series.set('shop', []);
  expect(await metrics.registry.metrics()).not.toContain('checkout');
});
