import { expect, test } from 'vitest';
import { restoreReplicas } from '../../../src/plan/bounds/restore-replicas.ts';
import { scalerAt, targetSpec } from '../../support/shop/made-up-scaler.ts';
import { planObservation } from '../../support/shop/plan-observation.ts';
import { forecastsOf, type Given, observationOf } from '../../support/shop/planned-namespace.ts';

const now = Date.parse('2026-11-27T21:00:15Z');
const minuteMs = 60_000;

/** The floor of a workload without an HPA, 10 requests/s per replica, just after its sale. */
function floorWith(values: readonly number[], unsettledMinutes: number): number | undefined {
  const start = now - values.length * minuteMs;
  const given: Given = {
    now: '2026-11-27T21:00:15Z',
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: '2026-11-27T21:00:00Z' }],
    targets: {
      gateway: {
        spec: { entryPoint: true },
        hpa: 'none',
        metadata: { finalizers: ['headstart.dev/restore'] },
        workload: { replicas: 29, replicasWriter: 'headstart' },
        demand: { recent: { start, stepSeconds: 60, values }, settledUntil: now - unsettledMinutes * minuteMs },
      },
    },
  };
  const observation = observationOf(given);
  return planObservation(observation, forecastsOf(given, observation)).targets[0]?.replicas;
}

const minutesOf = (value: number, count: number) => new Array<number>(count).fill(value);

test.each([
  ['the newest ten minutes that have settled', [...minutesOf(180, 5), ...minutesOf(150, 10)], 0, 15],
  ['none that may still rise and are lower', [...minutesOf(150, 10), ...minutesOf(90, 12)], 12, 15],
  ['one that may still rise and is higher', [...minutesOf(150, 10), 200], 1, 20],
])('replicas go back to what the highest of %s needs', (_, values, unsettledMinutes, replicas) => {
  expect(floorWith(values, unsettledMinutes)).toBe(replicas);
});

test.each([
  ['unknown', { missing: 'the store is down' }],
  ['high', undefined],
])('an emergency Baseline restores them also while demand is %s', (_, demand) => {
  const end = '2026-11-27T21:00:00Z';
  const given: Given = {
    now: '2026-11-27T19:20:00Z',
    policy: { emergency: { action: 'Baseline', until: end, requestedBy: 'ann', reason: 'the database melts' } },
    sales: [{ name: 'drop', startTime: '2026-11-27T19:00:00Z', endTime: end }],
    targets: {
      gateway: {
        forecast: 30,
        spec: { entryPoint: true },
        hpa: 'none',
        metadata: { finalizers: ['headstart.dev/restore'] },
        workload: { replicas: 29, replicasWriter: 'headstart' },
        ...(demand === undefined ? {} : { demand }),
      },
    },
  };
  const observation = observationOf(given);
  const [target] = planObservation(observation, forecastsOf(given, observation)).targets;
  expect(target).toMatchObject({ action: 'Write', replicas: 4, change: expect.stringContaining('29 → 4') });
});

test('replicas of a target that is given up go back at the rampDown', () => {
  const scaler = scalerAt(29, 29, { kind: 'Workload', floor: 29, otherWriters: ['headstart'] });
  const policy = {
    ...observationOf({ now: '2026-11-27T21:00:15Z', targets: {} }).policy,
    rampDown: { percentPerMinute: 20 },
  };
  const input = { scaler, spec: targetSpec(), recentNeed: undefined, isGivenUp: true, peak: 29, policy, now };
  expect(restoreReplicas(input)).toEqual({
    replicas: 24,
    floor: 24,
    waitsFor: "its replicas go to the baseline of 4 at the policy's rampDown",
  });
});

test.each([
  ['that we set go back at once when the target is given up', 'headstart', true, undefined, { replicas: 4 }],
  ['that we set stay while demand is unknown', 'headstart', false, undefined, { replicas: 29, floor: 29 }],
  ['that we set go down to what demand needs', 'headstart', false, 12, { replicas: 12, floor: 12 }],
  ['that somebody else set are left alone', 'kubectl', false, 12, {}],
  ['that somebody else set are left alone also when the target is given up', 'kubectl', true, 12, {}],
])('replicas %s', (_, writer, isGivenUp, recentNeed, expected) => {
  const scaler = scalerAt(29, 29, { kind: 'Workload', floor: 29, otherWriters: [writer] });
  const policy = { ...observationOf({ now: '2026-11-27T21:00:15Z', targets: {} }).policy };
  const back = restoreReplicas({ scaler, spec: targetSpec(), recentNeed, isGivenUp, peak: 29, policy, now });
  const { waitsFor: __, ...numbers } = back;
  expect(numbers).toEqual(expected);
});
