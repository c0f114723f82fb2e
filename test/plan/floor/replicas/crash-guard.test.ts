import { describe, expect, test } from 'vitest';
import { scalerOf } from '../../../../src/plan/accept/scaler.ts';
import { crashGuard } from '../../../../src/plan/floor/replicas/crash-guard.ts';
import type { GivenPods } from '../../../support/shop/given-pods.ts';
import { observationOf } from '../../../support/shop/planned-namespace.ts';

/** Twenty-five pods above a baseline of four; ordinary demand takes two. Lead time 90 s. */
function guardOf(pods: GivenPods | undefined, demand: object = {}) {
  const observation = observationOf({
    now: '2026-11-27T18:58:00Z',
    targets: {
      gateway: {
        hpa: { minReplicas: 29, maxReplicas: 44, floor: 29, floorMax: 44 },
        demand,
        ...(pods === undefined ? {} : { pods }),
      },
    },
  });
  const [observed] = observation.targets;
  if (observed === undefined) throw new Error('the target is missing');
  return crashGuard({ observed, scaler: scalerOf(observed) }, observation);
}
const crashing = (count: number) => ({ count, ageSeconds: 60, reason: 'CrashLoopBackOff' });
const starting = (count: number, ageSeconds = 60) => ({ count, ageSeconds });

describe('a floor', () => {
  test.each<[string, GivenPods | undefined, number | undefined]>([
    ['rises while its pods start', { ready: { 600: 4 }, unready: [starting(25)] }, undefined],
    ['rises while two pods crash', { ready: { 600: 27 }, unready: [crashing(2)] }, undefined],
    ['rises while a fifth of the added pods crash', { ready: { 600: 24 }, unready: [crashing(5)] }, undefined],
    ['stays once more of them crash', { ready: { 600: 23 }, unready: [crashing(6)] }, 6],
    ['stays where three of four crash', { ready: { 600: 5 }, unready: [crashing(3)] }, 3],
    [
      'stays where images are missing',
      { ready: { 600: 19 }, unready: [{ count: 10, ageSeconds: 60, reason: 'ImagePullBackOff' }] },
      10,
    ],
    ['stays once pods are older than three lead times', { ready: { 600: 9 }, unready: [starting(20, 271)] }, 20],
    ['rises until then', { ready: { 600: 9 }, unready: [starting(20, 269)] }, undefined],
    [
      'rises while pods crash that were ready before',
      { ready: { 600: 9 }, unready: [{ ...crashing(20), wasReady: true }] },
      undefined,
    ],
    ['rises from a baseline whose pods crash', { ready: {}, unready: [crashing(4)] }, undefined],
    ['rises while nothing is known of its pods', undefined, undefined],
  ])('%s', (_, pods, failing) => {
    expect(guardOf(pods)?.failing).toBe(failing);
  });

  const failing: GivenPods = { ready: { 600: 10 }, unready: [crashing(19)] };
  const demand = (value: number | null) => ({ recent: { start: 0, stepSeconds: 60, values: [20, value] } });

  test.each<[string, object, number | undefined]>([
    ['stays while ready replicas serve demand', demand(100), 19],
    ['rises while demand exceeds them', demand(100.1), undefined],
    ['goes by the newest sample that is known', demand(null), 19],
    ['rises while demand is old', { ageSeconds: 301 }, undefined],
    ['rises while demand is missing', { missing: 'Prometheus does not answer' }, undefined],
  ])('whose pods fail %s', (_, given, expected) => {
    expect(guardOf(failing, given)?.failing).toBe(expected);
  });

  test('is held at what stands, and says what its pods wait for', () => {
    const pods = { ready: { 600: 10 }, unready: [crashing(12), { ...crashing(7), reason: 'ErrImagePull' }] };
    expect(guardOf(pods)).toEqual({ held: 29, failing: 19, added: 25, why: '12 CrashLoopBackOff, 7 ErrImagePull' });
  });
});
