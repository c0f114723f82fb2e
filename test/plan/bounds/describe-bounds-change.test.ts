import { describe, expect, test } from 'vitest';
import type { ReasonStep } from '../../../src/api/sale-plan.ts';
import type { Scaler } from '../../../src/plan/accept/scaler.ts';
import { clauseOf, describeBoundsChange } from '../../../src/plan/bounds/describe-bounds-change.ts';
import type { TargetDecision } from '../../../src/plan/bounds/target-decision.ts';

const step = (rule: ReasonStep['rule'], message: string): ReasonStep => ({ rule, value: 1, unit: 'replicas', message });
const because = [
  step('forecast', 'P95 of the demand: 187 requests/s'),
  step('sink', 'the peak was over'),
  step('limit', 'its ceiling allows 19 of 20 replicas'),
  step('bounds', 'minReplicas 19, maxReplicas 44'),
];
const why = 'the peak was over; its ceiling allows 19 of 20 replicas';

function say(
  live: readonly [number, number, number?],
  decided: readonly [number, number, number?],
): string | undefined {
  const [minReplicas, maxReplicas, floor] = live;
  const scaler = { kind: 'Autoscaler', minReplicas, maxReplicas, ...(floor === undefined ? {} : { floor }) } as Scaler;
  const decision = {
    action: 'Write',
    bounds: { minReplicas: decided[0], maxReplicas: decided[1] },
    ...(decided[2] === undefined ? {} : { floor: decided[2] }),
    reason: 'SaleRunning',
    because,
  } satisfies TargetDecision;
  return describeBoundsChange({ name: 'gateway', scaler }, decision);
}

describe('a change of bounds in words', () => {
  test.each([
    ['both bounds', [4, 20], [29, 44, 29], 'gateway 4 → 29, max 20 → 44'],
    ['the minimum alone', [29, 44, 29], [19, 44, 19], 'gateway 29 → 19'],
    ['the maximum alone', [4, 44], [4, 20], 'gateway max 44 → 20'],
    ['the annotations alone', [60, 60], [60, 60, 29], 'gateway stays at 60..60'],
  ] as const)('%s', (_, live, decided, change) => {
    expect(say(live, decided)).toBe(`${change}: ${why}`);
  });

  test('is none where nothing changes', () => {
    expect(say([29, 44, 29], [29, 44, 29])).toBeUndefined();
  });

  test('of a workload without an HPA is told in replicas', () => {
    const scaler = { kind: 'Workload', currentReplicas: 4 } as Scaler;
    const bounds = { minReplicas: 29, maxReplicas: 44 };
    const decision = { action: 'Write', bounds, reason: 'SaleAhead', because: [] } satisfies TargetDecision;
    const written = { ...decision, replicas: 29 };
    expect(describeBoundsChange({ name: 'gateway', scaler }, written)).toBe('gateway 4 → 29');
    expect(describeBoundsChange({ name: 'gateway', scaler }, decision)).toBeUndefined();
  });

  test('tells each reason once, and no number that did not decide', () => {
    expect(clauseOf([...because, ...because])).toBe(`: ${why}`);
    expect(clauseOf([])).toBe('');
  });
});
